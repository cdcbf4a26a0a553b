/** The ways a word can be read, as app/contact_guard/readings.py has them. */
import type { Folding } from "./normalise";
import { type Rules, split, type Table, table, wordsOf } from "./rules";

const DIGITS = /^[0-9]+$/;
/** A word said twice: `besok2`, `masuk2`. */
const TWICE = /^[a-z]{3,}2$/;
const MOST_KEPT = 5_000;

export function isDigits(text: string): boolean {
	return DIGITS.test(text);
}

export class Readings {
	private readonly known: ReadonlySet<string>;
	private readonly folding: Folding;
	private readonly stems: Set<string>;
	private readonly spellings = new Map<string, string>();
	private readonly suffixes: Table;
	private readonly endings: readonly string[];
	private readonly letters: Table;
	private readonly seen = new Map<string, readonly (readonly string[])[]>();

	constructor(known: ReadonlySet<string>, { words, lookalikes }: Rules, folding: Folding) {
		this.known = known;
		this.folding = folding;
		this.stems = wordsOf(words, "stems");
		for (const [word, spellings] of Object.entries(table(words, "spellings")))
			for (const spelling of split(spellings)) this.spellings.set(spelling, word);
		this.suffixes = table(words, "suffixes");
		this.endings = split(String(words.endings));
		this.letters = lookalikes.letters;
	}

	of(chunk: string): readonly (readonly string[])[] {
		let found = this.seen.get(chunk);
		if (!found) {
			found = this.read(chunk);
			if (this.seen.size < MOST_KEPT) this.seen.set(chunk, found);
		}
		return found;
	}

	private read(chunk: string): readonly (readonly string[])[] {
		const plain = chunk.replaceAll("'", "");
		const meant = this.spellings.get(plain);
		// As rules know both, one of them is enough, and each reading costs time.
		if (meant !== undefined) return this.known.has(plain) ? [[meant]] : [[plain, meant]];
		if (this.known.has(plain) || plain.length > 30 || plain === "") return [[plain]];
		if (TWICE.test(plain)) {
			const once = plain.slice(0, -1);
			const said = this.spellings.get(once) ?? (this.known.has(once) ? once : undefined);
			if (said !== undefined) return [[plain, said]];
		}
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

/** A word with digits for letters, as the words it may stand for. */
export function asLetters(plain: string, letters: Table): string[] {
	let texts = [""];
	for (const character of plain) {
		const options = [...(letters[character] ?? character)];
		texts = texts.slice(0, 4).flatMap((text) => options.map((option) => text + option));
	}
	return texts;
}
