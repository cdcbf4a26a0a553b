import { signal } from "@preact/signals";

export type Locale = "en" | "id";

/** The language on the screen; `setLocale` changes it once its words are there. */
export const locale = signal<Locale>("en");

/** The first language of a person's list (`navigator.languages`) that the app speaks; English where it speaks none. */
export function firstKnown(tags: readonly string[]): Locale {
	return localeFrom(tags.find((tag) => /^(en|id|in)\b/i.test(tag)));
}

/** `id` for Indonesian in any spelling (`id`, `id-ID`, `in`), else `en`. */
export function localeFrom(tag: string | null | undefined): Locale {
	return /^(id|in)\b/i.test(tag ?? "") ? "id" : "en";
}
