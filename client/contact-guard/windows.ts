/** Runs of digits that are a number to call, a card or an account, as app/contact_guard/windows.py has them. */
import { disguised } from "./disguise";
import { type Finding, made } from "./findings";
import type { Atom, Item } from "./numbers";
import {
	beginsNoRoom,
	chains,
	counts,
	isGrouped,
	isNear,
	isOne,
	isReordered,
	isSpoken,
	joined,
} from "./pieces";
import { type Rules, wordsOf } from "./rules";
import {
	Dialling,
	isCard,
	isMobile,
	isMobileWithoutZero,
	LONGEST_MOBILE,
	mayBecomeMobile,
	reversed,
} from "./validators";

const MOST_ITEMS = 24;
const CONTEXT_NEAR = 4;

export class Windows {
	private readonly loose: number;
	private readonly context: Set<string>;
	private readonly reversed: Set<string>;
	private readonly shuffled: Set<string>;
	readonly dialling: Dialling;

	constructor(rules: Rules) {
		this.loose = rules.engine.looseWords;
		this.context = wordsOf(rules.masks, "phoneContext");
		this.reversed = wordsOf(rules.masks, "reversed");
		this.shuffled = wordsOf(rules.masks, "shuffled");
		this.dialling = new Dialling(rules);
	}

	find(atoms: readonly Atom[], items: readonly Item[], accounts: readonly number[]): Finding[] {
		if (items.reduce((sum, item) => sum + item.digits.length, 0) < 6) return [];
		const found: Finding[] = [];
		for (const chain of chains(items)) found.push(...this.inChain(chain, atoms, accounts));
		if (!found.some((finding) => finding.code === "PHONE")) {
			found.push(...disguised(items));
			const loose = this.loosely(items);
			found.push(...(loose.length > 0 ? loose : this.turned(atoms, items)));
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
			const [code, end] = this.longestFrom(chain, i);
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

	private longestFrom(chain: readonly Item[], i: number): [string, number] {
		let digits = "";
		let found: [string, number] = ["", 0];
		let strong = true;
		for (let k = i; k < Math.min(chain.length, i + MOST_ITEMS); k++) {
			const item = chain[k] as Item;
			if (k > i && item.plus && !digits.startsWith("0")) break;
			digits += item.digits;
			strong &&= !item.weak;
			if (digits.length > 19) break;
			if (isMobile(digits) || (strong && this.foreign(chain[i] as Item, digits)))
				found = ["PHONE", k + 1];
			else if (isCard(digits) && isGrouped(chain.slice(i, k + 1))) found = ["CARD", k + 1];
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
		let chain = all;
		while (chain.at(-1)?.weak) chain = chain.slice(0, -1);
		while (chain[0]?.weak && chain[0].digits !== "0") chain = chain.slice(1);
		const [first, last] = [chain[0], chain.at(-1)];
		if (!first || !last) return [];
		const digits = joined(chain);
		const { length } = digits;
		const grouped = length >= 2.5 * chain.length;
		if (length >= 6 && length <= 24 && (grouped || length >= 8))
			if (isNear(accounts, first.start, last.end, atoms))
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

	private loosely(items: readonly Item[]): Finding[] {
		const usable = items.filter((item) => item.mask === "");
		const found: Finding[] = [];
		for (let i = 0; i < usable.length; ) {
			const end = this.looseEnd(usable, i);
			if (end > 0) found.push(made("PHONE", usable[i] as Item, usable[end - 1] as Item, "gaps"));
			i = end || i + 1;
		}
		return found;
	}

	private looseEnd(usable: readonly Item[], i: number): number {
		const first = usable[i] as Item;
		let { digits } = first;
		if (first.weak && digits !== "0") return 0;
		if (first.label === "room" && !beginsNoRoom(first)) return 0;
		if (first.label === "place" && digits.length < 3) return 0;
		let end = 0;
		let widest = 0;
		for (let k = i + 1; k < Math.min(usable.length, i + MOST_ITEMS); k++) {
			if (!mayBecomeMobile(digits)) break;
			const item = usable[k] as Item;
			const gap = item.first - (usable[k - 1] as Item).last - 1;
			if (gap > (digits.length > 2 ? this.loose : 2) || (end > 0 && gap > widest)) break;
			if (item.weak && gap > 0) continue;
			widest = Math.max(widest, gap);
			digits += item.digits;
			if (isMobile(digits) && isOne(usable.slice(i, k + 1))) end = k + 1;
		}
		return end;
	}

	isBackwards(atoms: readonly Atom[]): boolean {
		return atoms.some((atom) => this.reversed.has(atom.text));
	}

	private turned(atoms: readonly Atom[], items: readonly Item[]): Finding[] {
		const backwards = this.isBackwards(atoms);
		const shuffled = atoms.some((atom) => this.shuffled.has(atom.text));
		if (!backwards && !shuffled) return [];
		const usable = items.filter(
			({ mask, weak, label }) => mask === "" && !weak && label !== "room",
		);
		for (let i = 0; i < usable.length; i++) {
			let digits = "";
			for (let k = i; k < Math.min(usable.length, i + MOST_ITEMS); k++) {
				digits += (usable[k] as Item).digits;
				if (digits.length > LONGEST_MOBILE) break;
				const pieces = usable.slice(i, k + 1).map((item) => item.digits);
				const mayTurn = shuffled && usable[k]?.label !== "code";
				if ((backwards && isMobile(reversed(digits))) || (mayTurn && isReordered(pieces)))
					return [made("PHONE", usable[i] as Item, usable[k] as Item, "order")];
			}
		}
		return [];
	}
}
