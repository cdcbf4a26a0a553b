/** What the words of a text ask for or offer, as app/contact_guard/talk.py has it. */

import type { Finding } from "./findings";
import { Guards, SIGNALS } from "./guards";
import type { Folding } from "./normalise";
import { Phrasebook } from "./phrasebook";
import { type Found, isIn, PhraseIndex } from "./phrases";
import { type Group, type Rules, wordsOf } from "./rules";
import { Vocabulary, type Word } from "./words";

/** So many phrases are read at once; a slow phone takes some milliseconds for them. */
const AT_ONCE = 50;

export interface Heard {
	readonly findings: Finding[];
	readonly accounts: number[];
}

export class Talk {
	readonly fillers: Set<string>;
	private readonly groups: readonly Group[];
	private readonly harmless: PhraseIndex;
	private readonly encouraging: PhraseIndex;
	private readonly signals: PhraseIndex;
	private readonly asking: PhraseIndex;
	private readonly guards: Guards;
	private readonly accounts: Set<string>;
	private readonly contains: readonly (readonly [code: string, part: string])[];
	private readonly rules: Rules;
	private readonly folding: Folding;
	/** What is still to be read of the phrases. */
	private readonly unread: (readonly [
		index: PhraseIndex,
		label: number,
		patterns: readonly string[],
	])[];
	private vocabulary: Vocabulary | null = null;

	constructor(rules: Rules, folding: Folding) {
		const { phrases, words } = rules;
		const book = new Phrasebook(words);
		this.rules = rules;
		this.folding = folding;
		this.groups = phrases.groups;
		this.harmless = new PhraseIndex(book);
		this.encouraging = new PhraseIndex(book);
		this.signals = new PhraseIndex(book);
		this.asking = new PhraseIndex(book);
		this.unread = [
			...inParts(this.harmless, 0, phrases.harmless),
			...inParts(this.encouraging, 0, phrases.notNegation),
			...SIGNALS.flatMap((signal, k) => inParts(this.signals, k, phrases[signal])),
			...this.groups.flatMap(({ patterns }, k) => inParts(this.asking, k, patterns)),
		];
		this.guards = new Guards(this.signals, rules.engine.phrase);
		this.accounts = new Set(
			["bank", "wallet", "account"].flatMap((key) => [...wordsOf(words, key)]),
		);
		this.contains = Object.entries(phrases.contains).flatMap(([code, parts]) =>
			parts.map((part) => [code, folding.fold(part, part.length).text] as const),
		);
		this.fillers = wordsOf(phrases as unknown as Readonly<Record<string, unknown>>, "fillers");
	}

	/** Reads some more of the phrases; whether there is more to do. */
	prepare(): boolean {
		let count = 0;
		while (count < AT_ONCE) {
			const part = this.unread.shift();
			if (!part) break;
			const [index, label, patterns] = part;
			index.add(label, patterns);
			count += patterns.length;
		}
		if (count === 0) this.vocabulary ??= this.known();
		return this.vocabulary === null;
	}

	private known(): Vocabulary {
		const known = new Set([...this.accounts, ...this.fillers]);
		for (const index of [this.harmless, this.encouraging, this.signals, this.asking])
			for (const word of index.words) known.add(word);
		return new Vocabulary(known, this.rules, this.folding);
	}

	private ready(): Vocabulary {
		for (const [index, label, patterns] of this.unread.splice(0)) index.add(label, patterns);
		return this.known();
	}

	knows(word: string): boolean {
		this.vocabulary ??= this.ready();
		return this.vocabulary.known.has(word);
	}

	split(text: string): Word[] {
		this.vocabulary ??= this.ready();
		return this.vocabulary.split(text);
	}

	listen(text: string, words: readonly Word[]): Heard {
		const shown: boolean[] = new Array(words.length).fill(false);
		const harmless = covered(this.harmless.find(words, shown), words.length);
		const encouraging = covered(this.encouraging.find(words, shown), words.length);
		const accounts = words
			.filter((word, i) => !harmless[i] && isIn(word, this.accounts))
			.map((word) => word.start);
		const findings: Finding[] = [];
		for (const [code, part] of this.contains) {
			const at = text.indexOf(part);
			if (at >= 0) findings.push({ code, start: at, end: at + part.length, stage: "phrases" });
		}
		const found = this.asking.find(words, harmless);
		if (found.length === 0) return { findings, accounts };
		const guards = this.guards.find(words, encouraging);
		for (const [k, i, end] of found) {
			const group = this.groups[k] as Group;
			const [first, last] = [words[i] as Word, words[end - 1] as Word];
			if (first.part !== last.part && !group.acrossCommas) continue;
			if (this.guards.isExcused(group, i, end, words, guards)) continue;
			findings.push({ code: group.code, start: first.start, end: last.end, stage: "phrases" });
		}
		return { findings, accounts };
	}
}

function inParts(
	index: PhraseIndex,
	label: number,
	patterns: readonly string[],
): [PhraseIndex, number, readonly string[]][] {
	const parts: [PhraseIndex, number, readonly string[]][] = [];
	for (let i = 0; i < patterns.length; i += AT_ONCE)
		parts.push([index, label, patterns.slice(i, i + AT_ONCE)]);
	return parts;
}

function covered(found: readonly Found[], count: number): boolean[] {
	const hidden: boolean[] = new Array(count).fill(false);
	for (const [, i, end] of found) hidden.fill(true, i, end);
	return hidden;
}
