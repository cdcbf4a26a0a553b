/** Letters of a number plate or of a code, as app/contact_guard/plates.py has them. */
import { isDigits } from "./readings";
import { type Rules, wordsOf } from "./rules";

const MOST_LETTERS = 3;
const LEAST_PLATE = 3;
const MOST_PLATE = 4;
const LEAST_CODE = 3;
const MOST_CODE = 6;

export interface Chunk {
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

export class Plates {
	private readonly regions: Set<string>;
	private readonly asking: Set<string>;

	constructor({ words }: Rules) {
		this.regions = wordsOf(words, "plates");
		this.asking = new Set([...wordsOf(words, "me"), ...wordsOf(words, "aja")]);
	}

	has(chunks: readonly Chunk[], i: number, text: string): boolean {
		const { text: letters, start, end } = chunks[i] as Chunk;
		if (letters.length > MOST_LETTERS) return false;
		const before = chunks[i - 1];
		if (before && start - before.end === 1 && isDigits(before.text)) {
			const { length } = before.text;
			if (text[before.end] === "-") return length >= LEAST_CODE;
			return length >= LEAST_PLATE && length <= MOST_PLATE && this.isPlate(chunks, i, text);
		}
		const after = chunks[i + 1];
		if (text[end] !== "-" || after?.start !== end + 1 || !isDigits(after.text)) return false;
		return after.text.length >= LEAST_CODE && after.text.length <= MOST_CODE;
	}

	private isPlate(chunks: readonly Chunk[], i: number, text: string): boolean {
		const [region, digits] = [chunks[i - 2], chunks[i - 1]];
		if (!region || !this.regions.has(region.text) || digits?.start !== region.end + 1) return false;
		const { end } = chunks[i] as Chunk;
		const next = chunks[i + 1];
		return !next || text[end] !== " " || !this.asking.has(next.text);
	}
}
