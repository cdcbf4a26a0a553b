import { type TextKey, t } from "../../i18n";

const SENTENCES: Record<string, TextKey> = {
	PHONE: "contact.PHONE",
	CARD: "contact.CARD",
	BANK: "contact.BANK",
	EMAIL: "contact.EMAIL",
	URL: "contact.URL",
	MESSENGER: "contact.MESSENGER",
	REQUEST: "contact.REQUEST",
	SPLIT: "contact.SPLIT",
};

/** Why a text is refused, and what to do instead. */
export function refusalText(code: string | null, place: "chat" | "form"): string {
	const why = t(SENTENCES[code ?? ""] ?? "contact.other");
	return `${why} ${t(place === "chat" ? "contact.inChat" : "contact.inForm")}`;
}
