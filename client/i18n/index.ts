import { signal } from "@preact/signals";
import type { en } from "./en";
import { type Locale, locale } from "./locale";

export { countdown, duration, money, time, timeRange, zoneName } from "./formats";
export { type Locale, locale, localeFrom } from "./locale";

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

/** The text of `key` in the language on the screen; each `{name}` is filled in, a name not given stays as it is. */
export function t(key: TextKey, params: Params = {}): string {
	const text = catalogue.value?.[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}
