/** Phrases looked for in a text, as app/contact_guard/phrases.py has them. */
import { AHEAD, type Element, mustCome, mustFollow, type Phrasebook } from "./pattern";
import type { Word } from "./words";

/** A label, the first word and the word after the last. */
export type Found = readonly [label: number, first: number, after: number];

type Entry = readonly [label: number, words: ReadonlySet<string>, elements: readonly Element[]];

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

	constructor(labelled: readonly (readonly [number, string])[], book: Phrasebook) {
		const seen = new Set<Element>();
		for (const [label, pattern] of labelled) {
			const elements = book.parse(pattern);
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
		const entry: Entry = [label, following ?? mustCome(elements), elements];
		for (const word of elements[0]?.words ?? []) {
			const opened = this.byWord.get(word) ?? { near: [], far: [] };
			(following ? opened.near : opened.far).push(entry);
			this.byWord.set(word, opened);
		}
	}

	find(words: readonly Word[], hidden: readonly boolean[]): Found[] {
		const found: Found[] = [];
		for (const [i, word] of words.entries()) {
			if (hidden[i]) continue;
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
	for (const [label, following, elements] of near) {
		if (!isIn(words[i + 1], following)) continue;
		const end = matched(elements, 1, words, hidden, i + 1);
		if (end >= 0) found.push([label, i, end]);
	}
	for (const [label, among, elements] of far) {
		if (among.size > 0 && !isAhead(words, i, among)) continue;
		const end = matched(elements, 1, words, hidden, i + 1);
		if (end >= 0) found.push([label, i, end]);
	}
}

function isAhead(words: readonly Word[], i: number, among: ReadonlySet<string>): boolean {
	for (let k = i + 1; k <= i + AHEAD; k++) if (isIn(words[k], among)) return true;
	return false;
}

/** A word has one reading or two. */
function isIn(word: Word | undefined, among: ReadonlySet<string>): boolean {
	if (!word) return false;
	const { readings } = word;
	return among.has(readings[0] as string) || among.has(readings[1] ?? "");
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
