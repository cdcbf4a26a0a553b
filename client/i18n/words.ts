/** The words of the language on the screen: those of the first screen at once, all others when they are needed. */
import { signal } from "@preact/signals";
import type { en as rest } from "./en";
import type { en as front } from "./front/en";
import { type Locale, locale } from "./locale";

export type FrontKey = keyof typeof front;
export type TextKey = FrontKey | keyof typeof rest;
export type Params = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Partial<Record<TextKey, string>>>;

const FRONT: Record<Locale, () => Promise<Catalogue>> = {
	en: async () => (await import("./front/en")).en,
	id: async () => (await import("./front/id")).id,
};
const REST: Record<Locale, () => Promise<Catalogue>> = {
	en: async () => (await import("./en")).en,
	id: async () => (await import("./id")).id,
};

const catalogue = signal<Catalogue>({});
/** From then on every language is shown whole or not at all. */
let isAllNeeded = false;

/**
 * Fetches the words of a language and shows them; await it before the first render.
 * False when they could not be fetched: what was shown stays.
 */
export async function setLocale(next: Locale): Promise<boolean> {
	try {
		let words: Catalogue;
		let isWhole: boolean;
		do {
			isWhole = isAllNeeded;
			words = await fetchWords(next, isWhole);
			// Meanwhile a screen may have been opened that needs them all.
		} while (isWhole !== isAllNeeded);
		catalogue.value = words;
		locale.value = next;
		document.documentElement.lang = next;
		return true;
	} catch {
		return false;
	}
}

/**
 * Fetches the words that the first screen does without; await it before anything that needs them is rendered.
 * Throws when they cannot be fetched.
 */
export async function loadAllWords(): Promise<void> {
	isAllNeeded = true;
	const wanted = locale.peek();
	const words = await fetchWords(wanted, true);
	// Another language that is shown by now came whole, because it was known to be needed so.
	if (locale.peek() === wanted) catalogue.value = words;
}

async function fetchWords(of: Locale, isWhole: boolean): Promise<Catalogue> {
	const parts = await Promise.all([FRONT[of](), isWhole ? REST[of]() : {}]);
	return { ...parts[0], ...parts[1] };
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
	const text = catalogue.value[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (hole, name: string) => isolated(String(params[name] ?? hole)));
}
