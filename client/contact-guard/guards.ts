/** What excuses a request, as app/contact_guard/guards.py has it. */
import type { PhraseIndex } from "./phrases";
import type { Group, Rules } from "./rules";
import type { Word } from "./words";

export const SIGNALS = ["negation", "afterNegation", "inApp", "mention", "report"] as const;

export interface Excuses {
	readonly negated: boolean[];
	readonly after: boolean[];
	readonly inApp: Set<number>;
	readonly mentions: Set<number>;
	readonly mentioned: Set<number>;
	readonly reported: Set<number>;
}

export class Guards {
	private readonly signals: PhraseIndex;
	private readonly limits: Rules["engine"]["phrase"];

	constructor(signals: PhraseIndex, limits: Rules["engine"]["phrase"]) {
		this.signals = signals;
		this.limits = limits;
	}

	find(words: readonly Word[], encouraging: readonly boolean[]): Excuses {
		const signals = this.signals.find(words, encouraging);
		const none = words.map(() => false);
		const guards: Excuses = {
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

	isExcused(
		group: Group,
		i: number,
		end: number,
		words: readonly Word[],
		guards: Excuses,
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

	private isNegated(words: readonly Word[], guards: Excuses, i: number, end: number): boolean {
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
