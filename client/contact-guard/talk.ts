/** What the words of a text ask for or offer, and what excuses it, as app/contact_guard/talk.py has it. */

import type { Finding } from "./findings";
import type { Folding } from "./normalise";
import { Phrasebook } from "./pattern";
import { type Found, PhraseIndex } from "./phrases";
import { type Group, type Rules, wordsOf } from "./rules";
import { Vocabulary, type Word } from "./words";

const SIGNALS = ["negation", "afterNegation", "inApp", "mention", "report"] as const;

export interface Heard {
	readonly findings: Finding[];
	readonly accounts: number[];
}

interface Guards {
	readonly negated: boolean[];
	readonly after: boolean[];
	readonly inApp: Set<number>;
	readonly mentions: Set<number>;
	readonly mentioned: Set<number>;
	readonly reported: Set<number>;
}

export class Talk {
	readonly fillers: Set<string>;
	private readonly groups: readonly Group[];
	private readonly harmless: PhraseIndex;
	private readonly encouraging: PhraseIndex;
	private readonly signals: PhraseIndex;
	private readonly asking: PhraseIndex;
	private readonly accounts: Set<string>;
	private readonly contains: readonly (readonly [code: string, part: string])[];
	private readonly limits: Rules["engine"]["phrase"];
	private readonly vocabulary: Vocabulary;

	constructor(rules: Rules, folding: Folding) {
		const { phrases, words } = rules;
		const book = new Phrasebook(words);
		const plain = (patterns: readonly string[]): PhraseIndex =>
			new PhraseIndex(
				patterns.map((pattern) => [0, pattern] as const),
				book,
			);
		this.groups = phrases.groups;
		this.harmless = plain(phrases.harmless);
		this.encouraging = plain(phrases.notNegation);
		this.signals = new PhraseIndex(
			SIGNALS.flatMap((signal, k) => phrases[signal].map((pattern) => [k, pattern] as const)),
			book,
		);
		this.asking = new PhraseIndex(
			this.groups.flatMap((group, k) => group.patterns.map((pattern) => [k, pattern] as const)),
			book,
		);
		this.accounts = new Set(
			["bank", "wallet", "account"].flatMap((key) => [...wordsOf(words, key)]),
		);
		this.contains = Object.entries(phrases.contains).flatMap(([code, parts]) =>
			parts.map((part) => [code, folding.fold(part, part.length).text] as const),
		);
		this.limits = rules.engine.phrase;
		this.fillers = wordsOf(phrases as unknown as Readonly<Record<string, unknown>>, "fillers");
		const known = new Set([...this.accounts, ...this.fillers]);
		for (const index of [this.harmless, this.encouraging, this.signals, this.asking])
			for (const word of index.words) known.add(word);
		this.vocabulary = new Vocabulary(known, rules, folding);
	}

	knows(word: string): boolean {
		return this.vocabulary.known.has(word);
	}

	split(text: string): Word[] {
		return this.vocabulary.split(text);
	}

	listen(text: string, words: readonly Word[]): Heard {
		const shown = words.map(() => false);
		const harmless = covered(this.harmless.find(words, shown), words.length);
		const encouraging = covered(this.encouraging.find(words, shown), words.length);
		const accounts = words
			.filter((word, i) => !harmless[i] && word.readings.some((one) => this.accounts.has(one)))
			.map((word) => word.start);
		const findings: Finding[] = [];
		for (const [code, part] of this.contains) {
			const at = text.indexOf(part);
			if (at >= 0) findings.push({ code, start: at, end: at + part.length, stage: "phrases" });
		}
		const found = this.asking.find(words, harmless);
		if (found.length === 0) return { findings, accounts };
		const guards = this.guards(words, encouraging);
		for (const [k, i, end] of found) {
			const group = this.groups[k] as Group;
			if (this.isExcused(group, i, end, words, guards)) continue;
			const start = (words[i] as Word).start;
			const last = words[end - 1] as Word;
			findings.push({ code: group.code, start, end: last.end, stage: "phrases" });
		}
		return { findings, accounts };
	}

	private guards(words: readonly Word[], encouraging: readonly boolean[]): Guards {
		const signals = this.signals.find(words, encouraging);
		const none = words.map(() => false);
		const guards: Guards = {
			negated: [...none],
			after: [...none],
			inApp: new Set(),
			mentions: new Set(),
			mentioned: new Set(),
			reported: new Set(),
		};
		for (const [k, i] of signals) {
			if (SIGNALS[k] === "negation") guards.negated[i] = true;
			if (SIGNALS[k] === "afterNegation") guards.after[i] = true;
		}
		for (const [k, i, end] of signals) {
			const { sentence, clause } = words[i] as Word;
			if (SIGNALS[k] === "mention" && clause === words[end - 1]?.clause) {
				guards.mentions.add(sentence);
				guards.mentioned.add(clause);
			}
			if (SIGNALS[k] === "report") guards.reported.add(sentence);
			if (SIGNALS[k] === "inApp" && !negatedBefore(words, guards.negated, i, 4))
				guards.inApp.add((words[end - 1] as Word).sentence);
		}
		return guards;
	}

	private isExcused(
		group: Group,
		i: number,
		end: number,
		words: readonly Word[],
		guards: Guards,
	): boolean {
		const { guards: names, maxWords } = group;
		if (maxWords !== undefined && words.length > maxWords) return true;
		if (names.includes("negation") && this.isNegated(words, guards, i, end)) return true;
		const sentences = [(words[i] as Word).sentence, (words[end - 1] as Word).sentence];
		if (names.includes("negation") && sentences.some((one) => guards.reported.has(one)))
			return true;
		if (names.includes("inApp") && sentences.some((one) => guards.inApp.has(one))) return true;
		const clauses = [(words[i] as Word).clause, (words[end - 1] as Word).clause];
		if (names.includes("hardmention") && clauses.some((one) => guards.mentioned.has(one)))
			return true;
		return names.includes("mention") && sentences.some((one) => guards.mentions.has(one));
	}

	private isNegated(words: readonly Word[], guards: Guards, i: number, end: number): boolean {
		if (guards.negated.slice(i, end).some(Boolean)) return true;
		if (negatedBefore(words, guards.negated, i, this.limits.lookBack)) return true;
		const clause = words[end - 1]?.clause;
		for (let k = end; k < Math.min(words.length, end + this.limits.lookAhead); k++)
			if (guards.after[k] && words[k]?.clause === clause) return true;
		return false;
	}
}

function negatedBefore(
	words: readonly Word[],
	negated: readonly boolean[],
	i: number,
	far: number,
): boolean {
	for (let k = i - 1; k >= Math.max(0, i - far); k--) {
		if (words[k]?.clause !== words[i]?.clause) return false;
		if (negated[k]) return true;
	}
	return false;
}

function covered(found: readonly Found[], count: number): boolean[] {
	const hidden: boolean[] = new Array(count).fill(false);
	for (const [, i, end] of found) hidden.fill(true, i, end);
	return hidden;
}
