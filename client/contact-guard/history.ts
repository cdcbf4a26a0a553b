/** What a message completes of what was written just before, as app/contact_guard/history.py has it. */
import { findContinued } from "./continued";
import type { Analysis, Engine } from "./engine";
import type { Finding } from "./findings";

/** An address is cut anywhere. */
const ADDRESS_SIGN = /[.@/:_]/;
/** A message of a few letters may be the beginning of a word that the next goes on with. */
const CUT = /^[a-zA-Z]{1,5}$/;
const CUT_ON = /^[a-zA-Z]/;
const MOST_CUT = 3;

/** Findings in the folded text of the current message; `texts` are the earlier messages as they were written. */
export function findAcross(
	engine: Engine,
	earlier: readonly Analysis[],
	current: Analysis,
	texts: readonly string[],
	text: string,
): Finding[] {
	if (current.items.length > 0 && earlier.some((analysis) => analysis.items.length > 0)) {
		const found = findContinued(engine, earlier, current);
		if (found.length > 0) return found;
	}
	return together(engine, earlier, current, texts, text);
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
