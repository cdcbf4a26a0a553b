import { effect } from "@preact/signals";
import { firstKnown, type Locale, locale, localeFrom, setLocale } from "../../i18n/front";
import { session, user } from "../../state/session";
import { bootText } from "./boot";

const COOKIE = "tenang_locale";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** In a cookie and not in the storage, because the server writes the page in it. */
function remembered(): Locale | null {
	const found = new RegExp(`(?:^|; )${COOKIE}=(en|id)(?:;|$)`).exec(document.cookie)?.[1];
	return found ? localeFrom(found) : null;
}

function remember(choice: Locale): void {
	const secure = location.protocol === "https:" ? "; Secure" : "";
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from older Safari and Firefox.
	document.cookie = `${COOKIE}=${choice}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}

/** Chosen on this device, also where the browser refuses to remember it. */
let chosen = remembered();

/** The rule, the same as the server's in app/web/pages.py: chosen on this device, else the person's, else the browser's. */
function language(): Locale {
	const told = chosen ?? user.value?.locale;
	return told ? localeFrom(told) : firstKnown(navigator.languages);
}

/** Shows the language before it is known who is signed in: the server knew when it wrote the page. */
export async function showFirstLanguage(): Promise<void> {
	// Safari forgets a cookie that a script set a week ago.
	if (chosen) remember(chosen);
	const wanted = localeFrom(chosen ?? bootText("locale") ?? navigator.language);
	if (await setLocale(wanted)) return;
	await setLocale(wanted === "en" ? "id" : "en");
}

/** From now on whoever signs in or out finds the language that a reload would bring. */
export function followLanguage(): void {
	effect(() => {
		if (session.value.status === "loading") return;
		const wanted = language();
		if (wanted !== locale.peek()) void setLocale(wanted);
	});
}

/** Changes the language and remembers it on this device. False when its words could not be fetched. */
export async function chooseLanguage(next: Locale): Promise<boolean> {
	if (!(await setLocale(next))) return false;
	chosen = next;
	remember(next);
	return true;
}
