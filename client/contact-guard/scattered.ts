/** A mobile number whose pieces have words between or another order, as app/contact_guard/scattered.py has it. */
import type { Atom } from "./atoms";
import { type Finding, made } from "./findings";
import type { Item } from "./numbers";
import { beginsNoRoom, isOne, isReordered } from "./pieces";
import { type Rules, wordsOf } from "./rules";
import { isMobile, LONGEST_MOBILE, mayBecomeMobile, reversed } from "./validators";

const MOST_ITEMS = 24;

export class Scattered {
	private readonly loose: number;
	private readonly reversed: Set<string>;
	private readonly shuffled: Set<string>;
	private readonly together: Set<string>;

	constructor(rules: Rules) {
		this.loose = rules.engine.looseWords;
		this.reversed = wordsOf(rules.masks, "reversed");
		this.shuffled = wordsOf(rules.masks, "shuffled");
		this.together = wordsOf(rules.masks, "together");
	}

	find(atoms: readonly Atom[], items: readonly Item[]): Finding[] {
		const found = this.loosely(items);
		if (found.length > 0) return found;
		const turned = this.turned(atoms, items);
		return turned.length > 0 ? turned : this.collected(atoms, items);
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
		if (first.glued && first.label === "code" && (digits[0] !== "0" || digits.length === 2))
			return 0;
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

	private collected(atoms: readonly Atom[], items: readonly Item[]): Finding[] {
		if (!atoms.some((atom) => this.together.has(atom.text))) return [];
		const usable = items.filter((item) => !item.weak && item.digits.length > 1);
		const found = inARow(usable.filter((item) => item.mask === ""));
		return found.length > 0 ? found : inARow(usable);
	}
}

/** The first mobile number that items make which begin with three digits of it. */
function inARow(usable: readonly Item[]): Finding[] {
	for (const [i, first] of usable.entries()) {
		let { digits } = first;
		for (const item of usable.slice(i + 1, i + MOST_ITEMS)) {
			if (!mayBecomeMobile(digits) || first.digits.length < 3) break;
			digits += item.digits;
			if (isMobile(digits)) return [made("PHONE", first, item, "order")];
		}
	}
	return [];
}
