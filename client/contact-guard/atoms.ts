/** The words and digits of a text, as app/contact_guard/atoms.py has them. */
import { Glued } from "./glued";
import { asLetters, isDigits } from "./readings";
import { type Rules, split, type Table, table, wordsOf } from "./rules";
import { chunksOf } from "./words";

const RUNS = /[0-9]+|[^0-9]+/g;
const LONGEST_SPELLED = 32;
const MOST_KEPT = 5_000;

export type Kind =
	| ("d" | "n" | "w" | "o" | "teen" | "ten")
	| ("belas" | "puluh" | "hundred" | "oneHundred" | "twice" | "thrice");

export interface Atom {
	readonly kind: Kind;
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly inCode: boolean;
}

export type Part = readonly [kind: Kind, text: string, start: number, end: number];
export type Known = readonly [kind: Kind, digits: string];

export class Atoms {
	private readonly kinds = new Map<string, Known>();
	private readonly glued: Glued;
	private readonly leet: Table;
	private readonly letters: Table;
	private readonly alone: Set<string>;
	private readonly words: Set<string>;
	private readonly seen = new Map<string, readonly Part[]>();

	constructor(rules: Rules) {
		const { numbers, lookalikes } = rules;
		const tables = [
			["w", "weak"],
			["n", "digits"],
			["teen", "teens"],
			["ten", "tens"],
		] as const;
		for (const [kind, name] of tables)
			for (const [digits, spellings] of Object.entries(table(numbers, name)))
				for (const word of split(spellings)) this.kinds.set(word, [kind, digits]);
		for (const kind of ["belas", "puluh", "hundred", "oneHundred", "twice", "thrice"] as const)
			for (const word of wordsOf(numbers, kind)) this.kinds.set(word, [kind, ""]);
		this.leet = lookalikes.leet;
		this.letters = lookalikes.letters;
		this.alone = new Set(lookalikes.alone);
		this.words = new Set(split(lookalikes.notAlone));
		this.glued = new Glued(this.kinds, rules);
	}

	read(text: string): Atom[] {
		const found: Atom[] = [];
		for (const { text: chunk, start, end } of chunksOf(text)) {
			if (isDigits(chunk)) {
				found.push({ kind: "d", text: chunk, start, end, inCode: false });
				continue;
			}
			let parts = this.seen.get(chunk);
			if (!parts) {
				parts = this.parts(chunk);
				if (this.seen.size < MOST_KEPT) this.seen.set(chunk, parts);
			}
			const inCode = parts.length > 1 && parts[0]?.[0] === "o";
			for (const [kind, of, a, b] of parts)
				found.push({ kind, text: of, start: start + a, end: start + b, inCode });
		}
		return this.spelled(found, text);
	}

	private parts(chunk: string): readonly Part[] {
		const plain = chunk.replace(/^'+/, "").replace(/'+$/, "");
		const offset = plain === "" ? 0 : chunk.indexOf(plain);
		const end = offset + plain.length;
		const known = this.kinds.get(plain);
		if (known) return [[known[0], known[1] || plain, offset, end]];
		const hasDigit = /[0-9]/.test(plain);
		for (const guess of hasDigit ? asLetters(plain.slice(0, 14), this.letters) : []) {
			const spelled = this.kinds.get(guess);
			if (spelled && spelled[0] !== "w") return [[spelled[0], spelled[1] || guess, offset, end]];
		}
		if (hasDigit || this.glued.starts.has(plain.slice(0, 2))) {
			const glued = this.glued.parts(plain, hasDigit);
			if (glued.length > 0)
				return glued.map(([kind, of, a, b]) => [kind, of, offset + a, offset + b]);
		}
		if (
			plain !== "" &&
			plain.length <= 2 &&
			!this.words.has(plain) &&
			[...plain].every((character) => this.alone.has(character))
		) {
			const digits = [...plain].map((character) => this.leet[character] ?? "").join("");
			return [["w", digits, offset, end]];
		}
		const runs = Array.from(chunk.matchAll(RUNS), (match): Part => {
			const [run] = match;
			return [isDigits(run.charAt(0)) ? "d" : "o", run, match.index, match.index + run.length];
		});
		const read = runs.filter(([, run]) => /[^']/.test(run));
		return read.length > 0 ? read : runs;
	}

	private spelled(atoms: readonly Atom[], text: string): Atom[] {
		const found: Atom[] = [];
		let j = 0;
		for (let i = 0; i < atoms.length; ) {
			// Up to here they are single letters already.
			j = Math.max(i, j);
			for (let atom = atoms[j]; atom && j - i < LONGEST_SPELLED; atom = atoms[++j])
				if ((atom.kind !== "o" && atom.kind !== "w") || atom.end - atom.start !== 1) break;
			if (j - i >= 3 && this.glued.starts.has(spelledBy(atoms, i, i + 2, text))) {
				const parts = this.glued.parts(spelledBy(atoms, i, j, text), false);
				if (parts.length > 0 && parts.length < j - i) {
					for (const [kind, of, a, b] of parts) {
						const start = (atoms[i + a] as Atom).start;
						const end = (atoms[i + b - 1] as Atom).end;
						found.push({ kind, text: of, start, end, inCode: false });
					}
					i = j;
					continue;
				}
			}
			found.push(atoms[i] as Atom);
			i++;
		}
		return found;
	}
}

/** The letters that the atoms from `i` to before `j` begin with. */
function spelledBy(atoms: readonly Atom[], i: number, j: number, text: string): string {
	let letters = "";
	for (let k = i; k < j; k++) letters += text[(atoms[k] as Atom).start] ?? "";
	return letters;
}
