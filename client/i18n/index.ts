import { signal } from "@preact/signals";
import type { en } from "./en";
import { type Locale, locale } from "./locale";

export { countdown, duration, money, time, timeRange, zoneName } from "./formats";
export { firstKnown, type Locale, locale, localeFrom } from "./locale";

export type TextKey = keyof typeof en;
export type Params = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Record<TextKey, string>>;

const LOAD: Record<Locale, () => Promise<Catalogue>> = {
	en: async () => (await import("./en")).en,
	id: async () => (await import("./id")).id,
};

const catalogue = signal<Catalogue | null>(null);

/**
 * Fetches the words of a language and shows them; await it before the first render.
 * False when they could not be fetched: what was shown stays.
 */
export async function setLocale(next: Locale): Promise<boolean> {
	try {
		catalogue.value = await LOAD[next]();
		locale.value = next;
		document.documentElement.lang = next;
		return true;
	} catch {
		return false;
	}
}

/** Hebrew, Arabic and their neighbours, and characters that change the direction themselves. */
const OTHER_DIRECTION =
	/[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Both languages of the app run from left to right. Text that does not is kept to itself (FSI … PDI), or the numbers
 * and words after it would change places with it. Other text stays as it is, so that it can be searched and copied.
 */
function isolated(value: string): string {
	return OTHER_DIRECTION.test(value) ? `\u2068${value}\u2069` : value;
}

/** The text of `key` in the language on the screen; each `{name}` is filled in, a name not given stays as it is. */
export function t(key: TextKey, params: Params = {}): string {
	const text = catalogue.value?.[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (hole, name: string) => isolated(String(params[name] ?? hole)));
}
