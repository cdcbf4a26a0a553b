import { type TextKey, t } from "../../i18n";

const CODES: Record<string, TextKey> = {
	PHONE: "operator.code.PHONE",
	CARD: "operator.code.CARD",
	BANK: "operator.code.BANK",
	EMAIL: "operator.code.EMAIL",
	URL: "operator.code.URL",
	MESSENGER: "operator.code.MESSENGER",
	REQUEST: "operator.code.REQUEST",
	SPLIT: "operator.code.SPLIT",
};

/** What the filter took a text for, in words; a code that a newer server has made is shown as it is. */
export function codeWords(code: string): string {
	const key = CODES[code];
	return key ? t(key) : code;
}
