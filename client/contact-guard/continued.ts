/** A number, a card or an account that goes on from one message to the next, as app/contact_guard/continued.py has it. */
import type { Analysis, Engine } from "./engine";
import type { Finding } from "./findings";
import type { Item } from "./numbers";
import { isDressed, isGrouped, isReordered, joined } from "./pieces";
import { isCard, isMobile, LONGEST_MOBILE, mayBecomeMobile, reversed } from "./validators";

const MOST_PIECES = 20;
/** A message that is the whole code of an area, before a number in pieces. */
const AREA_CODE = 3;

/** Findings in the folded text of the current message. */
export function findContinued(
	engine: Engine,
	earlier: readonly Analysis[],
	current: Analysis,
): Finding[] {
	const found = mobile(earlier, current);
	if (found.length > 0) return found;
	const hidden = dressed(earlier, current);
	return hidden.length > 0 ? hidden : onlyDigits(engine, earlier, current);
}

function mobile(earlier: readonly Analysis[], current: Analysis): Finding[] {
	const now = current.items.filter(isPiece);
	const before = earlier.flatMap((analysis) => analysis.items.filter(isPiece)).slice(-MOST_PIECES);
	const backwards = [...earlier, current].some((analysis) => analysis.isBackwards);
	for (let count = 1; count <= Math.min(now.length, MOST_PIECES); count++) {
		const part = now.slice(0, count);
		const pieces = [...before, ...part].map((item) => item.digits);
		for (let i = 0; i < before.length; i++) {
			const rest = pieces.slice(i);
			const digits = rest.join("");
			if (digits.length > LONGEST_MOBILE) continue;
			if (
				(mayBecomeMobile(rest[0] as string) && isMobile(digits)) ||
				isReordered(rest) ||
				(backwards && isMobile(reversed(digits)))
			)
				return part.map(split);
		}
	}
	return [];
}

function dressed(earlier: readonly Analysis[], current: Analysis): Finding[] {
	const isShown = ({ mask, weak }: Item) => mask === "" && !weak;
	const now = current.items.filter(isShown);
	const before = earlier.flatMap((analysis) => analysis.items.filter(isShown)).slice(-MOST_PIECES);
	for (let count = 1; count <= Math.min(now.length, MOST_PIECES); count++) {
		const part = now.slice(0, count);
		const pieces = [...before, ...part];
		for (let i = 0; i < before.length; i++) {
			const rest = pieces.slice(i);
			if (isMobile(joined(rest)) && isDressed(rest)) return part.map(split);
		}
	}
	return [];
}

function onlyDigits(engine: Engine, earlier: readonly Analysis[], current: Analysis): Finding[] {
	if (!current.onlyDigits) return [];
	const { joinedWords } = engine.rules.engine.phrase;
	let pieces: readonly Item[] = current.items;
	let account = current.accounts.length > 0;
	let plain = true;
	for (const analysis of [...earlier].reverse()) {
		account ||= analysis.accounts.length > 0 && analysis.words.length <= 2 * joinedWords;
		if (analysis.onlyDigits && plain) {
			pieces = [...analysis.items, ...pieces];
			const digits = joined(pieces);
			if (digits.length > 19) break;
			const led = joined(analysis.items).length;
			if (isNumber(engine, pieces, digits, led)) return current.items.map(split);
		} else if (!analysis.isFiller) plain = false;
	}
	const { length } = joined(pieces);
	return account && length >= 8 && length <= 20 ? current.items.map(split) : [];
}

/** `led` is how many digits the first of the messages holds; one at a time is how things are counted. */
function isNumber(engine: Engine, pieces: readonly Item[], digits: string, led: number): boolean {
	if (enumerates(pieces)) return false;
	if (isCard(digits) && isGrouped(pieces)) return true;
	if (pieces[0]?.plus) return engine.windows.dialling.isInternational(digits);
	return (
		!pieces.some((item) => item.weak) &&
		digits.startsWith("0") &&
		digits.length >= 9 &&
		digits.length <= 13 &&
		(digits[1] === "8" || led >= AREA_CODE || !pieces.every((item) => item.digits.length === 1))
	);
}

/** Messages that count: each number is one more than the one before. */
function enumerates(pieces: readonly Item[]): boolean {
	const values = pieces.map((item) => Number(item.digits));
	return (
		values.length >= 4 &&
		values.every((value, i) => i === 0 || value - (values[i - 1] as number) === 1)
	);
}

function isPiece({ mask, weak, digits, label }: Item): boolean {
	return mask === "" && (!weak || digits === "0") && label === "";
}

function split({ start, end }: Item): Finding {
	return { code: "SPLIT", start, end, stage: "history" };
}
