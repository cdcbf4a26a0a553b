/** Installing the app: by the browser's own prompt where it has one, else by steps in words (R33). */
import { type ReadonlySignal, signal } from "@preact/signals";

/** https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent, Chromium's alone. */
interface InstallPrompt extends Event {
	prompt(): Promise<void>;
	readonly userChoice: Promise<{ outcome: "accepted" | "dismissed" }>;
}

/** `prompt`: the browser asks; `ios`, `ios-other`: steps of Safari, or of a browser that must hand over to it. */
export type InstallWay = "prompt" | "ios" | "ios-other" | null;

const way = signal<InstallWay>(null);
let held: InstallPrompt | null = null;

/** How this app can be installed here; null where it is installed, or where nothing is known of a way. */
export const installWay: ReadonlySignal<InstallWay> = way;

/** Shows the browser's prompt; it can be shown once. Whether the person agreed. */
export async function promptInstall(): Promise<boolean> {
	const prompt = held;
	if (!prompt) return false;
	held = null;
	way.value = null;
	await prompt.prompt();
	return (await prompt.userChoice).outcome === "accepted";
}

function isInstalled(): boolean {
	const onHomeScreen = (navigator as { standalone?: boolean }).standalone === true;
	return onHomeScreen || matchMedia("(display-mode: standalone)").matches;
}

/** iPads call themselves Macs; no Mac has a touch screen. */
export function iosWay({ userAgent, maxTouchPoints }: Navigator): "ios" | "ios-other" | null {
	const isMobile = /iPhone|iPad|iPod/.test(userAgent);
	const isTablet = userAgent.includes("Macintosh") && maxTouchPoints > 1;
	if (!isMobile && !isTablet) return null;
	return /CriOS|FxiOS|EdgiOS|OPiOS|GSA\/|FBAN|FBAV|Instagram|Line\//.test(userAgent)
		? "ios-other"
		: "ios";
}

addEventListener("beforeinstallprompt", (event) => {
	// Shown when the person asks for it, and not over what they are doing.
	event.preventDefault();
	held = event as InstallPrompt;
	way.value = "prompt";
});
addEventListener("appinstalled", () => {
	held = null;
	way.value = null;
});
if (!isInstalled()) way.value = iosWay(navigator);
