import { type Locale, localeFrom, setLocale } from "../../i18n";
import { bootText } from "./boot";

const KEY = "tenang.locale";

function remembered(): string | null {
	try {
		return localStorage.getItem(KEY);
	} catch {
		return null; // Storage is switched off: the page's own language holds.
	}
}

/** Shows the language chosen on this device before, else the one the server wrote the page in. */
export async function showFirstLanguage(): Promise<void> {
	const wanted = localeFrom(remembered() ?? bootText("locale") ?? navigator.language);
	if (await setLocale(wanted)) return;
	await setLocale(wanted === "en" ? "id" : "en");
}

/** Changes the language and remembers it on this device. False when its words could not be fetched. */
export async function chooseLanguage(next: Locale): Promise<boolean> {
	if (!(await setLocale(next))) return false;
	try {
		localStorage.setItem(KEY, next);
	} catch {
		// Storage is off or full: the choice lasts until the page is closed.
	}
	return true;
}
