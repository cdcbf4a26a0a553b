/**
 * The contact filter in the browser: the same rules, read from the same files, with the same verdicts as
 * app/contact_guard. It warns early; the server decides. Import it dynamically: its rules are larger than the app.
 */
import { Engine } from "./engine";
import type { Finding } from "./findings";
import { findAcross } from "./history";
import type { Folded } from "./normalise";
import { RULES, type Rules } from "./rules";

export type { Rules } from "./rules";

const ORDER = ["CARD", "PHONE", "BANK", "EMAIL", "URL", "MESSENGER", "REQUEST", "SPLIT"];

/** `spans` are [start, end) ranges of the text in code points, as the server counts. */
export interface Verdict {
	readonly blocked: boolean;
	readonly code: string | null;
	readonly spans: readonly (readonly [start: number, end: number])[];
}

const ALLOWED: Verdict = { blocked: false, code: null, spans: [] };

type Judge = (text: string, recent?: readonly string[]) => Verdict;

/** A judge by these rules. */
export function judgeOf(rules: Rules): Judge {
	const engine = new Engine(rules);
	return judgeWith(() => engine);
}

function judgeWith(made: () => Engine): Judge {
	return (text, recent = []) => {
		const engine = made();
		const current = engine.analysed(text);
		let found = current.findings;
		if (found.length === 0 && recent.length > 0) {
			const texts = recent.slice(-engine.rules.engine.messages);
			const earlier = texts.map((message) => engine.analysed(message));
			found = findAcross(engine, earlier, current, texts, text);
		}
		if (found.length === 0) return ALLOWED;
		const rank = Math.min(...found.map((finding) => ORDER.indexOf(finding.code)));
		const code = ORDER[rank] ?? null;
		const marked = found.filter((finding) => finding.code === code);
		return { blocked: true, code, spans: spansOf(marked, current.folded) };
	};
}

let inForce: Engine | null = null;

function engineInForce(): Engine {
	inForce ??= new Engine(RULES);
	return inForce;
}

/** Judges one text; `recent` are the same sender's latest messages in the conversation, oldest first. */
export const check = judgeWith(engineInForce);

/** To be called in idle time until it says that nothing is left to do; the first `check` does what is left at once. */
export function prepare(): boolean {
	if (inForce) return inForce.prepare();
	engineInForce();
	return true;
}

/** Each begins to use another part of the engine, so that no part has to wait for the compilation of all. */
const FIRST = [
	"ya",
	"ok, halo kak",
	"jam 8",
	"kamar 1204",
	"a.b",
	"@a.b",
	"nol delapan 12",
	"i n s t a",
];
const SAMPLES = [
	"halo kak, besok jam 19.30 bisa? saya di hotel melati kamar 1204, sanur",
	"rp 250.000 ya, transfer ke bca 12 34 nol delapan, a n budi",
	"w a saja: nol delapan 12 at_budi.com, t.me/x",
	"i will wait outside at gate 3, it takes 45 min or so. call me in the app please",
];
const ROUNDS = 5;

/**
 * Texts to judge in idle time before the first that somebody writes: a browser reads patterns and compiles code when
 * they are used, which on a slow phone takes longer than a key may wait. Each by itself is short.
 */
export const rehearsal: readonly string[] = FIRST.concat(
	Array.from(
		{ length: ROUNDS * SAMPLES.length },
		(_, turn) => `${SAMPLES[turn % SAMPLES.length]} ${turn}`,
	),
);

function spansOf(findings: readonly Finding[], { origin, length }: Folded): [number, number][] {
	const places = findings
		.filter((finding) => finding.end > finding.start)
		.map(({ start, end }): [number, number] => [
			origin[start] as number,
			(origin[end - 1] as number) + 1,
		])
		.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
	const merged: [number, number][] = [];
	for (const [start, end] of places) {
		const last = merged.at(-1);
		if (last && start <= last[1]) last[1] = Math.max(last[1], end);
		else merged.push([start, Math.min(end, length)]);
	}
	return merged;
}

/** The ranges in UTF-16 units, as strings and selections of the browser count. */
export function inUnits(text: string, spans: Verdict["spans"]): [number, number][] {
	const units = [0];
	for (const character of text) units.push((units.at(-1) as number) + character.length);
	return spans.map(([start, end]) => [units[start] ?? text.length, units[end] ?? text.length]);
}
