/** Number words, digits and look-alike letters that are written together, as app/contact_guard/glued.py has them. */
import type { Kind, Known, Part } from "./atoms";
import { type Rules, type Table, wordsOf } from "./rules";

const LONGEST = 160;

type Next = readonly [length: number, kind: readonly [Kind | "l", string]];

interface Step {
	readonly cost: number;
	readonly length: number;
	readonly kind: readonly [kind: Kind | "l", digits: string] | null;
}

function isDigit(character: string | undefined): boolean {
	return character !== undefined && character >= "0" && character <= "9";
}

/** Takes words apart that consist of numbers and of nothing else. */
export class Glued {
	/** The first two letters of all words. */
	readonly starts = new Set<string>();
	private readonly words = new Map<string, Known>();
	private readonly longest: number;
	private readonly leet: Table;

	constructor(kinds: ReadonlyMap<string, Known>, { numbers, lookalikes }: Rules) {
		const kept = wordsOf(numbers, "notGlued");
		for (const [word, known] of kinds)
			if (known[0] !== "w" && !kept.has(word) && word.length > 2) this.words.set(word, known);
		for (const word of ["o", "oh", "ate"]) {
			const known = kinds.get(word);
			if (known) this.words.set(word, known);
		}
		this.longest = Math.max(0, ...Array.from(this.words.keys(), (word) => word.length));
		for (const word of this.words.keys()) this.starts.add(word.slice(0, 2));
		this.leet = lookalikes.leet;
	}

	parts(plain: string, hasDigit: boolean): readonly Part[] {
		if (plain.length > LONGEST) return [];
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
			const known = this.words.get(plain.slice(i, i + length));
			if (known) options.push([length, known]);
		}
		const digit = this.leet[character];
		if (hasDigit && digit !== undefined) options.push([1, ["l", digit]]);
		return options;
	}
}
