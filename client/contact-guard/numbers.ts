/** The numbers that the words and digits of a text make, as app/contact_guard/numbers.py has them. */
import type { Atom } from "./atoms";
import { isDigits } from "./readings";
import { type Rules, wordsOf } from "./rules";

export interface Item {
	readonly digits: string;
	readonly start: number;
	readonly end: number;
	readonly first: number;
	readonly last: number;
	readonly weak: boolean;
	readonly plus: boolean;
	/** How many words stand before it since the number before. */
	readonly led: number;
	/** Whether letters touch it, or a low line after letters. */
	readonly glued: boolean;
	mask: string;
	label: string;
}

export class Numerals {
	private readonly plus: Set<string>;
	private readonly join: Set<string>;

	constructor({ numbers }: Rules) {
		this.plus = wordsOf(numbers, "plus");
		this.join = wordsOf(numbers, "join");
	}

	items(atoms: readonly Atom[], text: string): Item[] {
		const found: Item[] = [];
		for (let i = 0; i < atoms.length; ) {
			const [digits, end] = this.value(atoms, i);
			if (digits === "") {
				i++;
				continue;
			}
			const [first, last, next] = [atoms[i] as Atom, atoms[end - 1] as Atom, atoms[end]];
			found.push({
				digits,
				start: first.start,
				end: last.end,
				first: i,
				last: end - 1,
				weak: first.kind === "w",
				plus: hasPlus(text, first.start) || (i > 0 && this.plus.has((atoms[i - 1] as Atom).text)),
				led: i - ((found.at(-1)?.last ?? -1) + 1),
				glued:
					first.inCode ||
					(next?.start === last.end && next.kind === "o") ||
					(text[first.start - 1] === "_" && atoms[i - 1]?.kind === "o"),
				mask: "",
				label: "",
			});
			i = end;
		}
		return found;
	}

	private value(atoms: readonly Atom[], i: number): [string, number] {
		const atom = atoms[i] as Atom;
		const next = atoms[i + 1];
		if (atom.kind === "twice" || atom.kind === "thrice") {
			if (next && "dnw".includes(next.kind) && next.text.length <= 2)
				return [next.text.repeat(atom.kind === "twice" ? 2 : 3), i + 2];
			return ["", i + 1];
		}
		if (atom.kind === "oneHundred") return this.hundreds("1", atoms, i + 1);
		if ((atom.kind === "n" || atom.kind === "d") && atom.text.length === 1 && next) {
			if (next.kind === "hundred") return this.hundreds(atom.text, atoms, i + 2);
			if (next.kind === "puluh" || next.kind === "belas") return this.tens(atoms, i);
		}
		if (atom.kind === "ten" || atom.kind === "teen") return this.tens(atoms, i);
		return "dnw".includes(atom.kind) ? [atom.text, i + 1] : ["", i + 1];
	}

	private tens(atoms: readonly Atom[], i: number): [string, number] {
		const atom = atoms[i] as Atom;
		const after = atoms[i + 1];
		if (atom.kind === "teen") return [atom.text, i + 1];
		if (after?.kind === "belas" && (atom.kind === "n" || atom.kind === "d"))
			return [`1${atom.text}`, i + 2];
		let k: number;
		if (atom.kind === "ten") k = i + 1;
		else if (after?.kind === "puluh") k = i + 2;
		else return ["", i + 1];
		const ones = atoms[k];
		if (ones?.kind === "n" && ones.text !== "0") return [atom.text + ones.text, k + 1];
		return [`${atom.text}0`, k];
	}

	private hundreds(digit: string, atoms: readonly Atom[], at: number): [string, number] {
		const joins = atoms[at];
		const i = joins && this.join.has(joins.text) ? at + 1 : at;
		const atom = atoms[i];
		if (atom && ["n", "d", "teen", "ten"].includes(atom.kind) && atom.text.length <= 2) {
			const [tens, end] = this.tens(atoms, i);
			if (tens !== "") return [digit + tens, end];
			if (atom.kind === "n") return [`${digit}0${atom.text}`, i + 1];
		}
		return [`${digit}00`, i];
	}
}

/** Whether digits are written with a plus as a country code is; after digits it adds: `350+50`. */
function hasPlus(text: string, start: number): boolean {
	const at = text.slice(Math.max(0, start - 2), start).lastIndexOf("+");
	if (at < 0) return false;
	const plus = Math.max(0, start - 2) + at;
	return !isDigits(
		text
			.slice(Math.max(0, plus - 2), plus)
			.trimEnd()
			.slice(-1),
	);
}
