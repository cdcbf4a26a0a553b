import { signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";

const KEY = "tenang.theme";
const THEMES: readonly string[] = ["auto", "light", "dark"];

function remembered(): Theme {
	try {
		const kept = localStorage.getItem(KEY);
		return kept && THEMES.includes(kept) ? (kept as Theme) : "auto";
	} catch {
		return "auto"; // Storage is switched off: the device's own choice still holds.
	}
}

/** The chosen appearance; `auto` follows the device. */
export const theme = signal<Theme>(remembered());

function show(choice: Theme): void {
	if (choice === "auto") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = choice;
}

/** Shows the appearance and remembers it on this device. */
export function chooseTheme(choice: Theme): void {
	theme.value = choice;
	show(choice);
	try {
		localStorage.setItem(KEY, choice);
	} catch {
		// Storage is off or full: the choice lasts until the page is closed.
	}
}

/** Shows the remembered appearance; called once before the first render. */
export function applyTheme(): void {
	show(theme.value);
}
