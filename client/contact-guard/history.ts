/** What a message completes of what was written just before, as app/contact_guard/history.py has it. */
import type { Analysis, Engine } from "./engine";
import type { Finding } from "./findings";
import type { Item } from "./numbers";
import { isDressed, isGrouped, isReordered, joined } from "./pieces";
import { isCard, isMobile, LONGEST_MOBILE, mayBecomeMobile, reversed } from "./validators";

const MOST_PIECES = 20;
/** An address is cut anywhere. */
const ADDRESS_SIGN = /[.@/:_]/;
/** A message of a few letters may be the beginning of a word that the next goes on with. */
const CUT = /^[a-zA-Z]{1,5}$/;
const CUT_ON = /^[a-zA-Z]/;
const MOST_CUT = 3;
/** A message that is the whole code of an area, before a number in pieces. */
const AREA_CODE = 3;

/** Findings in the folded text of the current message; `texts` are the earlier messages as they were written. */
export function findAcross(
	engine: Engine,
	earlier: readonly Analysis[],
	current: Analysis,
	texts: readonly string[],
	text: string,
): Finding[] {
	if (current.items.length > 0 && earlier.some((analysis) => analysis.items.length > 0)) {
		const found = mobile(earlier, current);
		if (found.length > 0) return found;
		const hidden = dressed(earlier, current);
		if (hidden.length > 0) return hidden;
		const digits = onlyDigits(engine, earlier, current);
		if (digits.length > 0) return digits;
	}
	return together(engine, earlier, current, texts, text);
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

function together(
	engine: Engine,
	earlier: readonly Analysis[],
	current: Analysis,
	texts: readonly string[],
	text: string,
): Finding[] {
	const { joinedWords, joinedMessages } = engine.rules.engine.phrase;
	if (current.words.length > joinedWords || current.words.length === 0) return [];
	const pieces: string[] = [];
	for (let k = earlier.length - 1; k >= 0; k--) {
		const analysis = earlier[k] as Analysis;
		if (analysis.words.length > joinedWords || pieces.length >= joinedMessages) break;
		if (!analysis.isFiller) pieces.unshift((texts[k] as string).trim());
	}
	if (pieces.length === 0) return [];
	for (const whole of joints(engine, pieces, text)) {
		const found = across(engine.analysed(whole + text), current, [...whole].length);
		if (found.length > 0) return found;
	}
	return [];
}

/** What stands before a message, put together in each way in which it may have been cut. */
function joints(engine: Engine, pieces: readonly string[], text: string): string[] {
	const wholes = [[...pieces, ""].join(" ")];
	if (ADDRESS_SIGN.test(text + (pieces.at(-1) as string))) wholes.push(pieces.join(""));
	if (!CUT_ON.test(text)) return wholes;
	for (let k = pieces.length - 1; k >= Math.max(0, pieces.length - MOST_CUT); k--) {
		const piece = pieces[k] as string;
		const isWord = piece.length > 2 && engine.talk.knows(piece.toLowerCase());
		if (!CUT.test(piece) || isWord) break;
		const whole = [...pieces.slice(0, k), pieces.slice(k).join("")].join(" ");
		wholes.push(whole, `${whole} `);
	}
	return wholes;
}

function across(whole: Analysis, current: Analysis, border: number): Finding[] {
	const { origin } = whole.folded;
	const { length } = current.folded.text;
	const found: Finding[] = [];
	for (const finding of whole.findings) {
		const first = origin[finding.start] as number;
		const last = origin[finding.end - 1] as number;
		const within = finding.stage === "phrases" || finding.stage === "addresses";
		if (!within || first >= border || last < border) continue;
		const end = last - border + 1 >= current.folded.origin.length ? length : last - border + 1;
		found.push({
			code: "SPLIT",
			start: 0,
			end: Math.max(1, Math.min(end, length)),
			stage: "history",
		});
	}
	return found;
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
