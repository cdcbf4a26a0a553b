/** A text as words, as app/contact_guard/words.py has it. */
import type { Folding } from "./normalise";
import { type Rules, split, type Table, table, wordsOf } from "./rules";

export const CHUNK = /[a-z0-9'\u00a5-\uffff]+/g;
const SENTENCE_END = /[!?;\n]|\.[ \n]|\.$|\.\./;
const CLAUSE_END = /[,:()\n]| - | -- /;
const DIGITS = /^[0-9]+$/;
const MOST_PIECES = 12;
const LONGEST_NAME = 12;
/** Somebody who is only addressed owns nothing of what follows. */
const NOBODY: readonly string[] = [""];
/** Letters that no word begins with are no word of more than one letter fewer; looking each up would take the time. */
const OPENING = 3;
const MOST_KEPT = 5_000;

export interface Word {
	readonly readings: readonly string[];
	readonly start: number;
	readonly end: number;
	readonly sentence: number;
	readonly clause: number;
}

interface Chunk {
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

export function isDigits(text: string): boolean {
	return DIGITS.test(text);
}

export function chunksOf(text: string): Chunk[] {
	return Array.from(text.matchAll(CHUNK), (match) => ({
		text: match[0],
		start: match.index,
		end: match.index + match[0].length,
	}));
}

export class Vocabulary {
	readonly known: ReadonlySet<string>;
	private readonly folding: Folding;
	private readonly strong: Set<string>;
	private readonly beginnings = new Set<string>();
	private readonly openings = new Set<string>();
	private readonly stems: Set<string>;
	private readonly spellings = new Map<string, string>();
	private readonly addressed: Set<string>;
	private readonly greetings: Set<string>;
	private readonly suffixes: Table;
	private readonly endings: readonly string[];
	private readonly letters: Table;
	private readonly boundaries: Set<string>;
	private readonly turns: Set<string>;
	private readonly seen = new Map<string, readonly (readonly string[])[]>();

	constructor(known: ReadonlySet<string>, rules: Rules, folding: Folding) {
		this.known = known;
		this.folding = folding;
		this.strong = wordsOf(rules.words, "strongname");
		for (const name of this.strong)
			for (let i = 1; i <= name.length; i++) this.beginnings.add(name.slice(0, i));
		for (const word of known) if (word.length >= OPENING) this.openings.add(word.slice(0, OPENING));
		this.stems = wordsOf(rules.words, "stems");
		for (const [word, spellings] of Object.entries(table(rules.words, "spellings")))
			for (const spelling of split(spellings)) this.spellings.set(spelling, word);
		this.addressed = wordsOf(rules.words, "addressed");
		this.greetings = wordsOf(rules.words, "greetings");
		this.suffixes = table(rules.words, "suffixes");
		this.endings = split(String(rules.words.endings));
		this.letters = rules.lookalikes.letters;
		this.boundaries = new Set(split(rules.phrases.boundaries));
		this.turns = new Set(split(rules.phrases.turns));
	}

	split(text: string): Word[] {
		const chunks = chunksOf(text);
		const words: Word[] = [];
		let sentence = 0;
		let clause = 0;
		let before = 0;
		for (let i = 0; i < chunks.length; ) {
			const [count, joined] = this.joined(chunks, i);
			const start = (chunks[i] as Chunk).start;
			const end = (chunks[i + count - 1] as Chunk).end;
			const gap = text.slice(before, start);
			if ((before > 0 && gap.length > 1) || gap.includes("\n")) {
				const ends = SENTENCE_END.test(gap);
				if (ends) sentence++;
				if (ends || CLAUSE_END.test(gap)) clause++;
			}
			const named =
				text[end] === "," && this.addressed.has(joined) && this.opens(words.at(-1), sentence);
			for (const readings of named ? [NOBODY] : this.readings(joined)) {
				if (this.boundaries.has(readings[0] as string)) clause++;
				if (this.turns.has(readings[0] as string)) sentence++;
				words.push({ readings, start, end, sentence, clause });
			}
			before = end;
			i += count;
		}
		return words;
	}

	private opens(last: Word | undefined, sentence: number): boolean {
		return !last || last.sentence !== sentence || this.greetings.has(last.readings[0] as string);
	}

	private joined(chunks: readonly Chunk[], i: number): [number, string] {
		const { text } = chunks[i] as Chunk;
		let count = this.beginnings.has(text) ? this.name(chunks, i) : 0;
		if (count === 0 && text.length === 1 && !isDigits(text)) count = this.lettersFrom(chunks, i);
		if (count === 0) return [1, text];
		const pieces = chunks.slice(i, i + count);
		return [count, pieces.map((chunk) => chunk.text).join("")];
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

	private readings(chunk: string): readonly (readonly string[])[] {
		let found = this.seen.get(chunk);
		if (!found) {
			found = this.read(chunk);
			if (this.seen.size < MOST_KEPT) this.seen.set(chunk, found);
		}
		return found;
	}

	private read(chunk: string): readonly (readonly string[])[] {
		const plain = chunk.replaceAll("'", "");
		if (this.known.has(plain) || plain.length > 30 || plain === "") return [[plain]];
		const meant = this.spellings.get(plain);
		if (meant !== undefined) return [[plain, meant]];
		const guesses = [
			this.folding.translate(plain),
			plain.replace(/(.)\1\1+/g, "$1"),
			plain.replace(/(.)\1+/g, "$1"),
		];
		if (chunk.endsWith("'s")) guesses.push(plain.slice(0, -1));
		if (/[0-9]/.test(plain) && !isDigits(plain)) guesses.push(...asLetters(plain, this.letters));
		for (const guess of guesses)
			if (guess !== plain && this.known.has(guess)) return [[plain, guess]];
		for (const [suffix, meaning] of Object.entries(this.suffixes)) {
			const stem = plain.slice(0, -suffix.length);
			if (plain.endsWith(suffix) && this.stems.has(stem))
				return meaning === "" ? [[stem]] : [[stem], [meaning]];
		}
		for (const ending of this.endings) {
			const stem = plain.slice(0, -ending.length);
			if (plain.endsWith(ending) && stem.length >= 4 && this.known.has(stem))
				return [[plain, stem]];
		}
		return [[plain]];
	}
}

function isApart(chunks: readonly Chunk[], j: number): boolean {
	return (chunks[j] as Chunk).start - (chunks[j - 1] as Chunk).end > 3;
}

/** A word with digits for letters, as the words it may stand for. */
export function asLetters(plain: string, letters: Table): string[] {
	let texts = [""];
	for (const character of plain) {
		const options = [...(letters[character] ?? character)];
		texts = texts.slice(0, 4).flatMap((text) => options.map((option) => text + option));
	}
	return texts;
}
