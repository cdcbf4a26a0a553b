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

export class Folding {
	private readonly read = new Map<string, string>();
	private readonly scripts: Table;

	constructor(rules: Rules) {
		const { characters, lookalikes } = rules;
		for (const [first = 0, last = 0] of characters.letters)
			for (let code = first; code <= last; code++) this.put(code, String.fromCodePoint(code));
		for (const [first = 0, last = 0, start = 0] of characters.runs)
			for (let code = first; code <= last; code++)
				this.put(code, String.fromCodePoint(start < 0 ? -start : start + code - first));
		for (const [character, text] of Object.entries(characters.texts))
			this.read.set(character, text);
		for (const [first = 0, last = 0] of characters.ignored)
			for (let code = first; code <= last; code++) this.put(code, "");
		for (const start of lookalikes.alphabets)
			for (let i = 0; i < 26; i++)
				this.put((start.codePointAt(0) ?? 0) + i, String.fromCharCode(97 + i));
		for (const [sign, text] of Object.entries(lookalikes.signs)) this.read.set(sign, text);
		this.scripts = lookalikes.scripts;
	}

	private put(code: number, text: string): void {
		this.read.set(String.fromCodePoint(code), text);
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
		if (code >= 128) return this.read.get(character) ?? SIGN;
		if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
		return (code < 32 && code !== 10) || code === 127 ? " " : character;
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
