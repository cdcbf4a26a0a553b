/** What a message completes of what was written just before, as app/contact_guard/history.py has it. */
import { findContinued } from "./continued";
import type { Analysis, Engine } from "./engine";
import type { Finding } from "./findings";

const JOINTS = [" ", ""];
/** Only addresses are cut within a word; where there is none of these, words are joined with blanks alone. */
const ADDRESS_SIGN = /[.@/:_]/;

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
	const nearest = text + (pieces.at(-1) as string);
	for (const joint of ADDRESS_SIGN.test(nearest) ? JOINTS : JOINTS.slice(0, 1)) {
		const whole = [...pieces, ""].join(joint);
		const found = across(engine.analysed(whole + text), current, [...whole].length);
		if (found.length > 0) return found;
	}
	return [];
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
