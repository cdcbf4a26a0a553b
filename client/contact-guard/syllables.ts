/** Number words that were cut in two, as app/contact_guard/syllables.py has them. */
import type { Atom } from "./atoms";
import { type Rules, split, table } from "./rules";

const LEAST = 4;
const CUT = "ow";
const WORDS = "own";

export class Syllables {
	private readonly digits = new Map<string, string>();

	constructor(rules: Rules) {
		for (const [digit, spellings] of Object.entries(table(rules.numbers, "digits")))
			for (const word of split(spellings)) if (word.length > 2) this.digits.set(word, digit);
	}

	joined(atoms: Atom[], text: string): Atom[] {
		let count = 0;
		for (const atom of atoms) if (atom.kind === "n") count++;
		if (count < LEAST) return atoms;
		const found: Atom[] = [];
		for (let i = 0; i < atoms.length; ) {
			const first = atoms[i] as Atom;
			const second = atoms[i + 1];
			const digit = second && this.across(first, second, text);
			if (second && digit) {
				const { start } = first;
				found.push({ kind: "n", text: digit, start, end: second.end, inCode: false });
				i += 2;
			} else {
				found.push(first);
				i++;
			}
		}
		return found;
	}

	private across(first: Atom, second: Atom, text: string): string {
		if (second.start !== first.end + 1) return "";
		if (!WORDS.includes(first.kind) || !WORDS.includes(second.kind)) return "";
		if (!CUT.includes(first.kind) && !CUT.includes(second.kind)) return "";
		const word = text.slice(first.start, first.end) + text.slice(second.start, second.end);
		return this.digits.get(word) ?? "";
	}
}
