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

/** Characters that cannot be seen and turn the direction of what follows: for good, and until the end of their kind. */
const OVERRIDES = "\u202d\u202e";
const OPENS = ["\u202a\u202b", "\u2066\u2067\u2068"] as const;
const CLOSES = ["\u202c", "\u2069"] as const;

/** Whether unseen characters make the text, or what is shown behind it, read in another direction than it is written. */
export function isTurned(text: string): boolean {
	// Each paragraph for itself: its end ends what was opened in it.
	return cleaned(text).split("\n").some(isParagraphTurned);
}

function isParagraphTurned(paragraph: string): boolean {
	const depths = [0, 0];
	for (const character of paragraph) {
		if (OVERRIDES.includes(character)) return true;
		depths.forEach((depth, kind) => {
			if (OPENS[kind]?.includes(character)) depths[kind] = depth + 1;
			else if (character === CLOSES[kind]) depths[kind] = Math.max(0, depth - 1);
		});
	}
	return depths.some((depth) => depth > 0);
}

/** The text as the server looks at it and stores it; what it marks is counted in this. */
export function cleaned(text: string): string {
	return text.replace(/\r\n?/g, "\n").normalize("NFC").trim();
}
