/** Phrases as data, as app/contact_guard/phrases.py has them. */
import { split } from "./rules";
import type { Word } from "./words";

const END = "<end>";
const MOST_SKIPPED = 4;

interface Element {
	readonly kind: "word" | "gap" | "not";
	readonly words: ReadonlySet<string>;
	readonly optional: boolean;
	readonly atEnd: boolean;
	readonly most: number;
}

/** A label, the first word and the word after the last. */
export type Found = readonly [label: number, first: number, after: number];

function parse(pattern: string, classes: Readonly<Record<string, unknown>>): Element[] {
	return split(pattern).map((part) => {
		if (part.startsWith("~"))
			return {
				kind: "gap",
				words: new Set<string>(),
				optional: false,
				atEnd: false,
				most: Math.min(Number(part.slice(1)), MOST_SKIPPED),
			};
		const options = part
			.replace(/^[!?]+/, "")
			.replace(/[!?]+$/, "")
			.split("|");
		const words = new Set<string>();
		for (const option of options) {
			if (option.startsWith("$"))
				for (const word of split(String(classes[option.slice(1)]))) words.add(word);
			else if (option !== "" && option !== END) words.add(option);
		}
		return {
			kind: part.startsWith("!") ? "not" : "word",
			words,
			optional: part.endsWith("?"),
			atEnd: options.includes(END),
			most: 0,
		};
	});
}

export class PhraseIndex {
	private readonly byWord = new Map<
		string,
		[number, ReadonlySet<string> | null, readonly Element[]][]
	>();
	readonly words = new Set<string>();

	constructor(
		labelled: readonly (readonly [number, string])[],
		classes: Readonly<Record<string, unknown>>,
	) {
		for (const [label, pattern] of labelled) {
			const elements = parse(pattern, classes);
			for (const element of elements) for (const word of element.words) this.words.add(word);
			for (const [first, element] of elements.entries()) {
				for (const word of element.words) this.put(word, label, elements.slice(first));
				if (!element.optional) break;
			}
		}
	}

	private put(word: string, label: number, elements: readonly Element[]): void {
		const entries = this.byWord.get(word);
		const entry: [number, ReadonlySet<string> | null, readonly Element[]] = [
			label,
			mustFollow(elements),
			elements,
		];
		if (entries) entries.push(entry);
		else this.byWord.set(word, [entry]);
	}

	find(words: readonly Word[], hidden: readonly boolean[]): Found[] {
		const found: Found[] = [];
		for (const [i, word] of words.entries()) {
			if (hidden[i]) continue;
			for (const reading of word.readings)
				for (const [label, following, elements] of this.byWord.get(reading) ?? []) {
					if (following && !isIn(words[i + 1], following)) continue;
					const end = matched(elements, 1, words, hidden, i + 1);
					if (end >= 0) found.push([label, i, end]);
				}
		}
		return found;
	}
}

/** A word has one reading or two. */
function isIn(word: Word | undefined, among: ReadonlySet<string>): boolean {
	if (!word) return false;
	const { readings } = word;
	return among.has(readings[0] as string) || among.has(readings[1] ?? "");
}

/** The words of which one must come second, when that is so. */
function mustFollow(elements: readonly Element[]): ReadonlySet<string> | null {
	const second = elements[1];
	return second?.kind === "word" && !second.optional && !second.atEnd ? second.words : null;
}

function matched(
	elements: readonly Element[],
	k: number,
	words: readonly Word[],
	hidden: readonly boolean[],
	i: number,
): number {
	const element = elements[k];
	if (!element) return i;
	if (element.kind === "gap") {
		for (let skipped = 0; skipped <= element.most; skipped++) {
			if (skipped > 0 && words[i + skipped - 1]?.sentence !== words[i - 1]?.sentence) break;
			const end = matched(elements, k + 1, words, hidden, i + skipped);
			if (end >= 0) return end;
		}
		return -1;
	}
	const word = words[i];
	const over = word?.sentence !== words[i - 1]?.sentence;
	const holds = !hidden[i] && isIn(word, element.words);
	if (element.kind === "not") {
		const barred = (holds && !over) || (over && element.atEnd);
		return barred ? -1 : matched(elements, k + 1, words, hidden, i);
	}
	if (holds) {
		const end = matched(elements, k + 1, words, hidden, i + 1);
		if (end >= 0) return end;
	}
	if ((element.atEnd && over) || element.optional)
		return matched(elements, k + 1, words, hidden, i);
	return -1;
}
