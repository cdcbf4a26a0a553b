/** The numbers of a text, as app/contact_guard/numbers.py has them. */
import { type Rules, split, type Table, table, wordsOf } from "./rules";
import { asLetters, chunksOf, isDigits } from "./words";

const RUNS = /[0-9]+|[^0-9]+/g;
const LONGEST_GLUED = 160;
const LONGEST_SPELLED = 32;
const MOST_KEPT = 5_000;

type Kind =
	| ("d" | "n" | "w" | "o" | "teen" | "ten")
	| ("belas" | "puluh" | "hundred" | "oneHundred" | "twice" | "thrice");

export interface Atom {
	readonly kind: Kind;
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly inCode: boolean;
}

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
	/** Whether letters touch it. */
	readonly glued: boolean;
	mask: string;
	label: string;
}

type Part = readonly [kind: Kind, text: string, start: number, end: number];
type Known = readonly [kind: Kind, digits: string];

type Next = readonly [length: number, kind: readonly [Kind | "l", string]];

interface Step {
	readonly cost: number;
	readonly length: number;
	readonly kind: readonly [kind: Kind | "l", digits: string] | null;
}

function spelledBy(atoms: readonly Atom[], text: string): string {
	return atoms.map((atom) => text[atom.start] ?? "").join("");
}

function isDigit(character: string | undefined): boolean {
	return character !== undefined && character >= "0" && character <= "9";
}

export class Numerals {
	private readonly kinds = new Map<string, Known>();
	private readonly glued = new Map<string, Known>();
	private readonly starts = new Set<string>();
	private readonly longest: number;
	private readonly plus: Set<string>;
	private readonly join: Set<string>;
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
		this.plus = wordsOf(numbers, "plus");
		this.join = wordsOf(numbers, "join");
		this.leet = lookalikes.leet;
		this.letters = lookalikes.letters;
		this.alone = new Set(lookalikes.alone);
		this.words = new Set(split(lookalikes.notAlone));
		const kept = wordsOf(numbers, "notGlued");
		for (const [word, known] of this.kinds)
			if (known[0] !== "w" && !kept.has(word) && word.length > 2) this.glued.set(word, known);
		for (const word of ["o", "oh", "ate"]) {
			const known = this.kinds.get(word);
			if (known) this.glued.set(word, known);
		}
		this.longest = Math.max(0, ...Array.from(this.glued.keys(), (word) => word.length));
		for (const word of this.glued.keys()) this.starts.add(word.slice(0, 2));
	}

	atoms(text: string): Atom[] {
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
		if (hasDigit || this.starts.has(plain.slice(0, 2))) {
			const glued = this.glue(plain, hasDigit);
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
			return [isDigit(run[0]) ? "d" : "o", run, match.index, match.index + run.length];
		});
		const read = runs.filter(([, run]) => /[^']/.test(run));
		return read.length > 0 ? read : runs;
	}

	private glue(plain: string, hasDigit: boolean): readonly Part[] {
		if (plain.length > LONGEST_GLUED) return [];
		const steps = this.steps(plain, hasDigit);
		const best: (Step | null)[] = new Array(plain.length).fill(null);
		best.push({ cost: 0, length: 0, kind: null });
		for (let i = steps.length - 1; i >= 0; i--) {
			for (const [length, kind] of steps[i] ?? []) {
				const after = best[i + length];
				if (!after) continue;
				const cost = after.cost + (kind[0] === "l" ? 3 : 1);
				const current = best[i];
				if (!current || cost < current.cost) best[i] = { cost, length, kind };
			}
		}
		const found: Part[] = [];
		for (let i = 0; i < plain.length; ) {
			const step = best[i];
			if (!step?.kind) return [];
			const [name, of] = step.kind;
			const end = i + step.length;
			found.push([name === "l" ? "d" : name, of || plain.slice(i, end), i, end]);
			i = end;
		}
		return found;
	}

	/** From each place that can be reached from the first, what may come next; nothing if the end cannot be. */
	private steps(plain: string, hasDigit: boolean): readonly (readonly Next[] | undefined)[] {
		const steps: (readonly Next[] | undefined)[] = [];
		const reached = [true];
		for (let i = 0; i < plain.length; i++) {
			const next = reached[i] ? this.next(plain, i, hasDigit) : undefined;
			for (const [length] of next ?? []) reached[i + length] = true;
			// Nothing beyond was reached.
			if (reached.length <= i + 1) return [];
			steps.push(next);
		}
		return steps;
	}

	private next(plain: string, i: number, hasDigit: boolean): readonly Next[] {
		const options: Next[] = [];
		const character = plain[i] as string;
		if (isDigit(character)) options.push([1, ["d", character]]);
		for (let length = Math.min(this.longest, plain.length - i); length > 0; length--) {
			const known = this.glued.get(plain.slice(i, i + length));
			if (known) options.push([length, known]);
		}
		const digit = this.leet[character];
		if (hasDigit && digit !== undefined) options.push([1, ["l", digit]]);
		return options;
	}

	private spelled(atoms: readonly Atom[], text: string): Atom[] {
		const found: Atom[] = [];
		let j = 0;
		for (let i = 0; i < atoms.length; ) {
			// Up to here they are single letters already.
			j = Math.max(i, j);
			for (let atom = atoms[j]; atom && j - i < LONGEST_SPELLED; atom = atoms[++j])
				if ((atom.kind !== "o" && atom.kind !== "w") || atom.end - atom.start !== 1) break;
			if (j - i >= 3 && this.starts.has(spelledBy(atoms.slice(i, i + 2), text))) {
				const parts = this.glue(spelledBy(atoms.slice(i, j), text), false);
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
				glued: first.inCode || (next?.start === last.end && next.kind === "o"),
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
