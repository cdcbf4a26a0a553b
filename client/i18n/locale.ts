import { signal } from "@preact/signals";

export type Locale = "en" | "id";

/** The language on the screen; `setLocale` changes it once its words are there. */
export const locale = signal<Locale>("en");

/** `id` for Indonesian in any spelling (`id`, `id-ID`, `in`), else `en`. */
export function localeFrom(tag: string | null | undefined): Locale {
	return /^(id|in)\b/i.test(tag ?? "") ? "id" : "en";
}
