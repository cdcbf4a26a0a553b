/** What a text that other people read may be made of: as app/domain/free_text.py has it, never stricter. */

/** The Hangul fillers are letters that nobody can see. Code points that the browser does not know yet may be visible. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{M}\u115f\u1160\u3164\uffa0]/u;
const NOT_IN_LINES = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;
/** Invisible characters could make one name look like another; four are needed inside words and beside emoji. */
const NOT_IN_A_NAME = /(?![\u200c-\u200f])[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Whether there is anything to see in the text. */
export function isVisible(text: string): boolean {
	return VISIBLE.test(text);
}

/** Whether the text holds what cannot be stored or shown; `lines` for one that may have several. */
export function isUnprintable(text: string, lines: boolean): boolean {
	return (lines ? NOT_IN_LINES : NOT_IN_A_NAME).test(text);
}

/** The text as the server looks at it and stores it; what it marks is counted in this. */
export function cleaned(text: string): string {
	return text.replace(/\r\n?/g, "\n").normalize("NFC").trim();
}
