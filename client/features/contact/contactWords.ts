import { t } from "../../i18n";

const CODES = ["PHONE", "CARD", "BANK", "EMAIL", "URL", "MESSENGER", "REQUEST", "SPLIT"] as const;

/** The server may be newer than this. */
const known = (code: string | null) => CODES.find((one) => one === code);

/** Why a text is refused, and what to do instead. */
export function refusalText(code: string | null, place: "chat" | "form"): string {
	const reason = known(code);
	const why = t(reason ? `contact.${reason}` : "contact.other");
	return `${why} ${t(place === "chat" ? "contact.inChat" : "contact.inForm")}`;
}

/** What a text was taken for, in a word or two; a code that is not known here is shown as it is. */
export function takenFor(code: string): string {
	const reason = known(code);
	return reason ? t(`operator.code.${reason}`) : code;
}
