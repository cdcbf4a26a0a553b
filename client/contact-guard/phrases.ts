/** Where the phrases of the rules stand in a text, as app/contact_guard/phrases.py has it. */
import type { Element, Phrasebook } from "./phrasebook";
import type { Word } from "./words";

/** A label, the first word and the word after the last. */
export type Found = readonly [label: number, first: number, after: number];

interface Entry {
	readonly label: number;
	readonly following: ReadonlySet<string> | null;
	readonly elements: readonly Element[];
}

const NONE: readonly Entry[] = [];

export class PhraseIndex {
	private readonly byWord = new Map<string, Entry[]>();
	readonly words = new Set<string>();

	private readonly book: Phrasebook;

	constructor(book: Phrasebook) {
		this.book = book;
	}

	add(label: number, patterns: readonly string[]): void {
		const seen = new Set<Element>();
		for (const pattern of patterns) {
			const elements = this.book.parse(pattern);
			for (const element of elements) seen.add(element);
			for (const [first, element] of elements.entries()) {
				this.put(label, first > 0 ? elements.slice(first) : elements);
				if (!element.optional) break;
			}
		}
		for (const element of seen) for (const word of element.words) this.words.add(word);
	}

	private put(label: number, elements: readonly Element[]): void {
		const entry: Entry = { label, following: mustFollow(elements), elements };
		for (const word of elements[0]?.words ?? []) {
			const entries = this.byWord.get(word);
			if (entries) entries.push(entry);
			else this.byWord.set(word, [entry]);
		}
	}

	find(words: readonly Word[], hidden: readonly boolean[]): Found[] {
		const found: Found[] = [];
		for (let i = 0; i < words.length; i++) {
			if (hidden[i]) continue;
			const word = words[i] as Word;
			for (const reading of word.readings)
				for (const { label, following, elements } of this.byWord.get(reading) ?? NONE) {
					if (following && !isIn(words[i + 1], following)) continue;
					const end = matched(elements, 1, words, hidden, i + 1);
					if (end >= 0) found.push([label, i, end]);
				}
		}
		return found;
	}
}

/** A word has one reading or two. */
export function isIn(word: Word | undefined, among: ReadonlySet<string>): boolean {
	if (!word) return false;
	const { readings } = word;
	return among.has(readings[0] as string) || among.has(readings[1] ?? "");
}

/** The words of which one must come second, when that is so. */
function mustFollow(elements: readonly Element[]): ReadonlySet<string> | null {
	const second = elements[1];
	return second && isPlain(second) ? second.words : null;
}

/** Whether it is a word that has to be there. */
function isPlain({ kind, optional, atEnd }: Element): boolean {
	return kind === "word" && !optional && !atEnd;
}

function matched(
	elements: readonly Element[],
	from: number,
	words: readonly Word[],
	hidden: readonly boolean[],
	at: number,
): number {
	let i = at;
	for (let k = from; k < elements.length; k++) {
		const element = elements[k] as Element;
		if (element.kind === "gap") return matchedGap(elements, k, words, hidden, i);
		const word = words[i];
		const over = word?.sentence !== words[i - 1]?.sentence;
		const holds = !hidden[i] && isIn(word, element.words);
		if (element.kind === "not") {
			if ((holds && !over) || (over && element.atEnd)) return -1;
		} else if (element.optional || element.atEnd) {
			const end = holds ? matched(elements, k + 1, words, hidden, i + 1) : -1;
			if (end >= 0 || !(element.optional || over)) return end;
		} else if (holds) i++;
		else return -1;
	}
	return i;
}

/** The same where the phrase goes on with a gap; what it skips stays within the sentence. */
function matchedGap(
	elements: readonly Element[],
	k: number,
	words: readonly Word[],
	hidden: readonly boolean[],
	i: number,
): number {
	const most = elements[k]?.most ?? 0;
	const next = elements[k + 1];
	const following = next && isPlain(next) ? next.words : null;
	for (let at = i; at <= i + most; at++) {
		if (at > i && words[at - 1]?.sentence !== words[i - 1]?.sentence) break;
		if (following && (hidden[at] || !isIn(words[at], following))) continue;
		const end = matched(elements, k + 1, words, hidden, at);
		if (end >= 0) return end;
	}
	return -1;
}
