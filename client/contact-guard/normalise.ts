/** A text as the rules see it, as app/contact_guard/normalise.py has it. */
import type { Rules, Table } from "./rules";

const SIGN = "\u00a4";
const ASCII_LETTER = /[a-z]/;
const WORD = /[a-z0-9\u00a5-\uffff]+/g;

/** `origin[i]` is the code point of the original that the i-th character comes from; one more is the end. */
export interface Folded {
	readonly text: string;
	readonly origin: readonly number[];
	/** The original's length in code points. */
	readonly length: number;
}

type Ranges = Rules["characters"]["runs"];

export class Folding {
	private readonly characters: Rules["characters"];
	private readonly alphabets: readonly number[];
	private readonly signs: Table;
	private readonly scripts: Table;
	/** What was asked for: the tables name hundreds of thousands of characters, and a person uses few. */
	private readonly read = new Map<string, string>();

	constructor({ characters, lookalikes }: Rules) {
		this.characters = characters;
		this.alphabets = lookalikes.alphabets.map((start) => start.codePointAt(0) ?? 0);
		this.signs = lookalikes.signs;
		this.scripts = lookalikes.scripts;
	}

	fold(text: string, longest: number): Folded {
		let folded = "";
		const origin: number[] = [];
		let place = 0;
		for (const character of text) {
			if (place === longest) break;
			const read = this.one(character);
			folded += read;
			for (let i = 0; i < read.length; i++) origin.push(place);
			place++;
		}
		origin.push(place);
		return { text: folded.replace(WORD, (word) => this.latin(word)), origin, length: place };
	}

	private one(character: string): string {
		const code = character.codePointAt(0) ?? 0;
		if (code >= 128) return this.other(character, code);
		if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
		return (code < 32 && code !== 10) || code === 127 ? " " : character;
	}

	private other(character: string, code: number): string {
		let text = this.read.get(character);
		if (text === undefined) {
			text = this.lookUp(character, code);
			this.read.set(character, text);
		}
		return text;
	}

	private lookUp(character: string, code: number): string {
		const { ignored, texts, runs, letters } = this.characters;
		const sign = this.signs[character];
		if (sign !== undefined) return sign;
		const alphabet = this.alphabets.find((start) => code >= start && code < start + 26);
		if (alphabet !== undefined) return String.fromCharCode(97 + code - alphabet);
		if (rangeOf(ignored, code)) return "";
		const text = texts[character];
		if (text !== undefined) return text;
		const [first = 0, , start = 0] = rangeOf(runs, code) ?? [];
		if (start !== 0) return String.fromCodePoint(start < 0 ? -start : start + code - first);
		return rangeOf(letters, code) ? character : SIGN;
	}

	private latin(word: string): string {
		return ASCII_LETTER.test(word) ? this.translate(word) : word;
	}

	translate(word: string): string {
		let text = "";
		for (const character of word) text += this.scripts[character] ?? character;
		return text;
	}
}

/** The range that holds `code`; ranges are in order and do not overlap. */
function rangeOf(ranges: Ranges, code: number): readonly number[] | undefined {
	let low = 0;
	let high = ranges.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (code > (ranges[middle]?.[1] ?? 0)) low = middle + 1;
		else high = middle;
	}
	const found = ranges[low];
	return found && code >= (found[0] ?? 0) ? found : undefined;
}
