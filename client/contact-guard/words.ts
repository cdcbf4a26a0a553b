/** A text as words, as app/contact_guard/words.py has it. */
import type { Folding } from "./normalise";
import { type Chunk, Plates } from "./plates";
import { isDigits, Readings } from "./readings";
import { type Rules, split, wordsOf } from "./rules";

export const CHUNK = /[a-z0-9'\u00a5-\uffff]+/g;
const SENTENCE_END = /[!?;\n]|\.[ \n]|\.$|\.\./;
const DIGIT = /[0-9]/;
const CLAUSE_END = /[,:()\n]| - | -- /;
const MOST_PIECES = 12;
const LONGEST_NAME = 12;
/** Somebody who is only addressed owns nothing of what follows. */
const NOBODY_READ: readonly (readonly string[])[] = [[""]];
/** Letters that no word begins with are no word of more than one letter fewer; looking each up would take the time. */
const OPENING = 3;

export interface Word {
	readonly readings: readonly string[];
	readonly start: number;
	readonly end: number;
	readonly sentence: number;
	readonly clause: number;
	/** What lies between commas is numbered; a comma after a single word divides nothing. */
	readonly part: number;
}

export function chunksOf(text: string): Chunk[] {
	const found: Chunk[] = [];
	CHUNK.lastIndex = 0;
	for (let match = CHUNK.exec(text); match; match = CHUNK.exec(text))
		found.push({ text: match[0], start: match.index, end: CHUNK.lastIndex });
	return found;
}

export class Vocabulary {
	readonly known: ReadonlySet<string>;
	private readonly readings: Readings;
	private readonly plates: Plates;
	private readonly strong: Set<string>;
	private readonly beginnings = new Set<string>();
	private readonly openings = new Set<string>();
	private readonly addressed: Set<string>;
	private readonly greetings: Set<string>;
	private readonly boundaries: Set<string>;
	private readonly turns: Set<string>;

	constructor(known: ReadonlySet<string>, rules: Rules, folding: Folding) {
		this.known = known;
		this.readings = new Readings(known, rules, folding);
		this.plates = new Plates(rules);
		this.strong = wordsOf(rules.words, "strongname");
		for (const name of this.strong)
			for (let i = 1; i <= name.length; i++) this.beginnings.add(name.slice(0, i));
		for (const word of known) if (word.length >= OPENING) this.openings.add(word.slice(0, OPENING));
		this.addressed = wordsOf(rules.words, "addressed");
		this.greetings = wordsOf(rules.words, "greetings");
		this.boundaries = new Set(split(rules.phrases.boundaries));
		this.turns = new Set(split(rules.phrases.turns));
	}

	split(text: string): Word[] {
		const chunks = chunksOf(text);
		const numbered = DIGIT.test(text);
		const words: Word[] = [];
		let sentence = 0;
		let clause = 0;
		let part = 0;
		let since = 0;
		let before = 0;
		for (let i = 0; i < chunks.length; ) {
			const count = this.joined(chunks, i);
			const start = (chunks[i] as Chunk).start;
			const end = (chunks[i + count - 1] as Chunk).end;
			const gap = text.slice(before, start);
			if ((before > 0 && gap.length > 1) || gap.includes("\n")) {
				const ends = SENTENCE_END.test(gap);
				if (ends) sentence++;
				if (ends || CLAUSE_END.test(gap)) clause++;
				if (gap.includes(",")) {
					if (words.length - since > 1) part++;
					since = words.length;
				}
			}
			const joined = together(chunks, i, count);
			const nobody =
				(text[end] === "," && this.addressed.has(joined) && this.opens(words.at(-1), sentence)) ||
				(numbered && count === 1 && this.plates.has(chunks, i, text));
			for (const readings of nobody ? NOBODY_READ : this.readings.of(joined)) {
				if (this.boundaries.has(readings[0] as string)) clause++;
				if (this.turns.has(readings[0] as string)) sentence++;
				words.push({ readings, start, end, sentence, clause, part });
			}
			before = end;
			i += count;
		}
		return words;
	}

	/** Whether what comes next opens a sentence, but for a greeting. */
	private opens(last: Word | undefined, sentence: number): boolean {
		return !last || last.sentence !== sentence || this.greetings.has(last.readings[0] as string);
	}

	/** How many chunks make the next word: `w a` and `insta gram` are one each. */
	private joined(chunks: readonly Chunk[], i: number): number {
		const { text } = chunks[i] as Chunk;
		let count = this.beginnings.has(text) ? this.name(chunks, i) : 0;
		if (count === 0 && text.length === 1 && !isDigits(text)) count = this.lettersFrom(chunks, i);
		return count || 1;
	}

	/** How many chunks are a messenger's name together, or 0. */
	private name(chunks: readonly Chunk[], i: number): number {
		let name = (chunks[i] as Chunk).text;
		let found = 0;
		for (let j = i + 1; j < Math.min(chunks.length, i + MOST_PIECES); j++) {
			if (isApart(chunks, j) || name.length >= LONGEST_NAME) break;
			name += (chunks[j] as Chunk).text;
			if (this.strong.has(name)) found = j + 1 - i;
			if (!this.beginnings.has(name)) break;
		}
		return found;
	}

	/** How many single letters are a word that is known, or 0. */
	private lettersFrom(chunks: readonly Chunk[], i: number): number {
		let letters = (chunks[i] as Chunk).text;
		for (let j = i + 1; j < Math.min(chunks.length, i + MOST_PIECES); j++) {
			const { text } = chunks[j] as Chunk;
			if (text.length !== 1 || isDigits(text) || isApart(chunks, j)) break;
			letters += text;
			if (letters.length === OPENING && !this.openings.has(letters)) break;
		}
		for (let count = letters.length; count > 1; count--)
			if (this.known.has(letters.slice(0, count))) return count;
		return 0;
	}
}

function together(chunks: readonly Chunk[], i: number, count: number): string {
	let text = "";
	for (let k = i; k < i + count; k++) text += (chunks[k] as Chunk).text;
	return text;
}

function isApart(chunks: readonly Chunk[], j: number): boolean {
	return (chunks[j] as Chunk).start - (chunks[j - 1] as Chunk).end > 3;
}
