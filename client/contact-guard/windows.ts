/** Runs of digits that are a number to call, a card or an account, as app/contact_guard/windows.py has them. */

import type { Atom } from "./atoms";
import { disguised } from "./disguise";
import { type Finding, made } from "./findings";
import type { Item } from "./numbers";
import { chains, counts, isGrouped, isNear, isSpoken, joined } from "./pieces";
import { type Rules, wordsOf } from "./rules";
import { Scattered } from "./scattered";
import { Dialling, isCard, isMobile, isMobileWithoutZero, mayBecomeNumber } from "./validators";

const MOST_ITEMS = 24;
const CONTEXT_NEAR = 4;

interface Longest {
	readonly code: string;
	/** The item after the last; 0 is none. */
	readonly end: number;
}

const NONE: Longest = { code: "", end: 0 };

export class Windows {
	private readonly context: Set<string>;
	readonly scattered: Scattered;
	readonly dialling: Dialling;

	constructor(rules: Rules) {
		this.context = wordsOf(rules.masks, "phoneContext");
		this.scattered = new Scattered(rules);
		this.dialling = new Dialling(rules);
	}

	find(atoms: readonly Atom[], items: readonly Item[], accounts: readonly number[]): Finding[] {
		if (items.reduce((sum, item) => sum + item.digits.length, 0) < 6) return [];
		const found: Finding[] = [];
		for (const chain of chains(items)) found.push(...this.inChain(chain, atoms, accounts));
		if (!found.some((finding) => finding.code === "PHONE")) {
			found.push(...disguised(items), ...this.scattered.find(atoms, items));
		}
		return found;
	}

	private inChain(
		chain: readonly Item[],
		atoms: readonly Atom[],
		accounts: readonly number[],
	): Finding[] {
		const found: Finding[] = [];
		for (let i = 0; i < chain.length; ) {
			const { code, end } = this.longestFrom(chain, i);
			if (end > 0) {
				found.push(made(code, chain[i] as Item, chain[end - 1] as Item, "windows"));
				i = end;
				continue;
			}
			i++;
			if (i === chain.length) found.push(...this.whole(chain, atoms, accounts));
		}
		return found;
	}

	private longestFrom(chain: readonly Item[], i: number): Longest {
		const first = chain[i] as Item;
		let digits = "";
		let found = NONE;
		let strong = true;
		for (let k = i; k < Math.min(chain.length, i + MOST_ITEMS); k++) {
			const item = chain[k] as Item;
			if (k > i && item.plus && !digits.startsWith("0")) break;
			digits += item.digits;
			strong &&= !item.weak;
			if (digits.length > 19) break;
			if (isMobile(digits) || (strong && this.foreign(first, digits)))
				found = { code: "PHONE", end: k + 1 };
			else if (isCard(digits) && isGrouped(chain.slice(i, k + 1)))
				found = { code: "CARD", end: k + 1 };
			else if (!(strong && (first.plus || digits.startsWith("00"))) && !mayBecomeNumber(digits))
				break;
		}
		return found;
	}

	private foreign(first: Item, digits: string): boolean {
		if (first.plus && this.dialling.isInternational(digits)) return true;
		return (
			digits.startsWith("00") &&
			first.label === "" &&
			this.dialling.isInternational(digits.slice(2))
		);
	}

	private whole(
		all: readonly Item[],
		atoms: readonly Atom[],
		accounts: readonly number[],
	): Finding[] {
		let from = 0;
		let to = all.length;
		while (all[to - 1]?.weak) to--;
		while (from < to && all[from]?.weak && all[from]?.digits !== "0") from++;
		const chain = all.slice(from, to);
		const [first, last] = [chain[0], chain.at(-1)];
		if (!first || !last) return [];
		const digits = joined(chain);
		const { length } = digits;
		const grouped = length >= 2.5 * chain.length;
		if (length >= 6 && length <= 24 && (grouped || length >= 8))
			if (!counts(chain) && isNear(accounts, chain, atoms))
				return [made("BANK", first, last, "account")];
		if (
			this.isNumber(chain, digits, grouped, this.said(first, last, atoms)) ||
			isSpoken(chain, digits, atoms)
		)
			return [made("PHONE", first, last, "windows")];
		return [];
	}

	private isNumber(
		chain: readonly Item[],
		digits: string,
		grouped: boolean,
		said: boolean,
	): boolean {
		const { length } = digits;
		if (counts(chain)) return false;
		if (chain.some(({ label }) => label === "code" || (label !== "" && length < 9))) return false;
		if (digits.startsWith("0") && length >= 9 && length <= 13) return true;
		if (length >= 10 && (grouped || (isMobileWithoutZero(digits) && length === chain.length)))
			return true;
		return said && length >= 7 && (grouped || length >= 8);
	}

	private said(first: Item, last: Item, atoms: readonly Atom[]): boolean {
		const before = atoms.slice(Math.max(0, first.first - CONTEXT_NEAR), first.first);
		const after = atoms.slice(last.last + 1, last.last + 1 + CONTEXT_NEAR);
		return [...before, ...after].some((atom) => this.context.has(atom.text));
	}
}
