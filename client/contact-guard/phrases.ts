/** Where the phrases of the rules stand in a text, as app/contact_guard/phrases.py has it. */
import { AHEAD, type Element, mustCome, mustFollow, type Phrasebook } from "./phrasebook";
import type { Word } from "./words";

/** A label, the first word and the word after the last. */
export type Found = readonly [label: number, first: number, after: number];

interface Entry {
	readonly label: number;
	readonly words: ReadonlySet<string>;
	readonly elements: readonly Element[];
}

/**
 * The phrases that one word may begin. Most are passed over at once: of `near` one word of a set comes second, of
 * `far` one of a set, if it is not empty, is among the next words.
 */
interface Opened {
	readonly near: Entry[];
	readonly far: Entry[];
}

export class PhraseIndex {
	private readonly byWord = new Map<string, Opened>();
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
		const following = mustFollow(elements);
		const entry: Entry = { label, words: following ?? mustCome(elements), elements };
		for (const word of elements[0]?.words ?? []) {
			const opened = this.byWord.get(word) ?? { near: [], far: [] };
			(following ? opened.near : opened.far).push(entry);
			this.byWord.set(word, opened);
		}
	}

	find(words: readonly Word[], hidden: readonly boolean[]): Found[] {
		const found: Found[] = [];
		for (let i = 0; i < words.length; i++) {
			if (hidden[i]) continue;
			const word = words[i] as Word;
			for (const reading of word.readings) {
				const opened = this.byWord.get(reading);
				if (opened) begun(opened, words, hidden, i, found);
			}
		}
		return found;
	}
}

/** The phrases that word `i` begins. */
function begun(
	{ near, far }: Opened,
	words: readonly Word[],
	hidden: readonly boolean[],
	i: number,
	found: Found[],
): void {
	for (const entry of near) {
		if (!isIn(words[i + 1], entry.words)) continue;
		const end = matched(entry.elements, 1, words, hidden, i + 1);
		if (end >= 0) found.push([entry.label, i, end]);
	}
	for (const entry of far) {
		if (entry.words.size > 0 && !isAhead(words, i, entry.words)) continue;
		const end = matched(entry.elements, 1, words, hidden, i + 1);
		if (end >= 0) found.push([entry.label, i, end]);
	}
}

function isAhead(words: readonly Word[], i: number, among: ReadonlySet<string>): boolean {
	for (let k = i + 1; k <= i + AHEAD; k++) if (isIn(words[k], among)) return true;
	return false;
}

/** A word has one reading or two. */
export function isIn(word: Word | undefined, among: ReadonlySet<string>): boolean {
	if (!word) return false;
	const { readings } = word;
	return among.has(readings[0] as string) || among.has(readings[1] ?? "");
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
	const following = mustFollow(elements, k);
	for (let at = i; at <= i + most; at++) {
		if (at > i && words[at - 1]?.sentence !== words[i - 1]?.sentence) break;
		if (following && (hidden[at] || !isIn(words[at], following))) continue;
		const end = matched(elements, k + 1, words, hidden, at);
		if (end >= 0) return end;
	}
	return -1;
}
