/** Phrases as data, as app/contact_guard/phrases.py has them. */
import { split } from "./rules";
import type { Word } from "./words";

const END = "<end>";
const MOST_SKIPPED = 4;
const BLANKS = /\s+/;

interface Element {
	readonly kind: "word" | "gap" | "not";
	readonly words: ReadonlySet<string>;
	readonly optional: boolean;
	readonly atEnd: boolean;
	readonly most: number;
}

/** A label, the first word and the word after the last. */
export type Found = readonly [label: number, first: number, after: number];

/** Reads patterns; many have the same parts, and each part is read once. */
export class Phrasebook {
	private readonly classes: Readonly<Record<string, unknown>>;
	private readonly members = new Map<string, readonly string[]>();
	private readonly elements = new Map<string, Element>();

	constructor(classes: Readonly<Record<string, unknown>>) {
		this.classes = classes;
	}

	parse(pattern: string): Element[] {
		return pattern
			.trim()
			.split(BLANKS)
			.map((part) => {
				let element = this.elements.get(part);
				if (!element) {
					element = this.element(part);
					this.elements.set(part, element);
				}
				return element;
			});
	}

	private membersOf(name: string): readonly string[] {
		let words = this.members.get(name);
		if (!words) {
			words = split(String(this.classes[name]));
			this.members.set(name, words);
		}
		return words;
	}

	private element(part: string): Element {
		if (part.startsWith("~")) {
			const most = Math.min(Number(part.slice(1)), MOST_SKIPPED);
			return { kind: "gap", words: new Set(), optional: false, atEnd: false, most };
		}
		const options = part
			.replace(/^[!?]+/, "")
			.replace(/[!?]+$/, "")
			.split("|");
		const words = new Set<string>();
		for (const option of options) {
			if (option.startsWith("$"))
				for (const word of this.membersOf(option.slice(1))) words.add(word);
			else if (option !== "" && option !== END) words.add(option);
		}
		return {
			kind: part.startsWith("!") ? "not" : "word",
			words,
			optional: part.endsWith("?"),
			atEnd: options.includes(END),
			most: 0,
		};
	}
}

type Entry = readonly [
	label: number,
	following: ReadonlySet<string> | null,
	elements: readonly Element[],
];

export class PhraseIndex {
	private readonly byWord = new Map<string, Entry[]>();
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
		const entry: Entry = [label, mustFollow(elements), elements];
		for (const word of elements[0]?.words ?? []) {
			const entries = this.byWord.get(word);
			if (entries) entries.push(entry);
			else this.byWord.set(word, [entry]);
		}
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
