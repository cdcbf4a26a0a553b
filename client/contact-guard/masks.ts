/** What digits plausibly are when they are no number to call, as app/contact_guard/masks.py has it. */
import type { Atom } from "./atoms";
import type { Item } from "./numbers";
import { type Rules, wordsOf } from "./rules";

const LONGEST_COUNT = 3;
const CODE_NEAR = 4;
const LONGEST_RUN = 8;

export class Masks {
	private readonly patterns: readonly { readonly kind: string; readonly pattern: RegExp }[];
	private readonly money: Set<string>;
	private readonly units: Set<string>;
	private readonly measures: Set<string>;
	private readonly places: Set<string>;
	private readonly rooms: Set<string>;
	private readonly codes: Set<string>;

	constructor({ masks }: Rules) {
		this.patterns = masks.patterns.map(({ kind, pattern }) => ({
			kind,
			pattern: new RegExp(pattern, "g"),
		}));
		this.money = wordsOf(masks, "money");
		this.units = wordsOf(masks, "units");
		this.measures = wordsOf(masks, "measures");
		this.places = wordsOf(masks, "places");
		this.rooms = wordsOf(masks, "rooms");
		this.codes = wordsOf(masks, "codes");
	}

	apply(text: string, atoms: readonly Atom[], items: readonly Item[]): void {
		this.cover(text, items);
		for (const item of items) {
			if (item.mask === "") item.mask = this.unit(item, atoms);
			if (item.mask === "") item.label = this.label(item, atoms, text);
		}
	}

	private cover(text: string, items: readonly Item[]): void {
		const covered: [number, number, string][] = [];
		for (const { kind, pattern } of this.patterns)
			for (const match of text.matchAll(pattern))
				covered.push([match.index, match.index + match[0].length, kind]);
		covered.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
		let k = 0;
		for (const item of items) {
			while ((covered[k]?.[1] ?? Number.POSITIVE_INFINITY) < item.end) k++;
			const over = covered
				.slice(k, k + 4)
				.find(([start, end]) => start <= item.start && item.end <= end);
			if (over) item.mask = over[2];
		}
	}

	private unit(item: Item, atoms: readonly Atom[]): string {
		const { digits } = item;
		if (digits.startsWith("0") && digits !== "0") return "";
		const after = atoms[item.last + 1];
		if (after && after.start - item.end <= 1) {
			if (this.money.has(after.text)) return isRound(digits) ? "price" : "";
			if (this.units.has(after.text) && digits.length <= LONGEST_COUNT) {
				const beyond = atoms[item.last + 2]?.kind ?? "d";
				return after.text === "x" && (beyond === "d" || beyond === "n") ? "" : "unit";
			}
		}
		if (digits.length <= LONGEST_COUNT)
			for (const back of [1, 2]) {
				const before = atoms[item.first - back];
				if (before && this.measures.has(before.text)) return "unit";
			}
		return "";
	}

	private label(item: Item, atoms: readonly Atom[], text: string): string {
		const before = wordsBefore(atoms, item.first, text);
		const after = atoms.slice(item.last + 1, item.last + CODE_NEAR).map((atom) => atom.text);
		if (before.slice(0, 2).some((word) => this.rooms.has(word))) return "room";
		if (before.some((word) => this.codes.has(word)) || after.some((word) => this.codes.has(word)))
			return "code";
		if (before.slice(0, 2).some((word) => this.places.has(word))) return "place";
		const sign = text[item.start - 1];
		if ((atoms[item.first] as Atom).inCode || sign === "#") return "code";
		const previous = atoms[item.first - 1];
		const joined = previous && item.start - previous.end === 1 && (sign === "-" || sign === "/");
		return joined && previous.kind === "o" && previous.text.length <= 4 ? "code" : "";
	}
}

function wordsBefore(atoms: readonly Atom[], first: number, text: string): string[] {
	let i = first - 1;
	while (i >= Math.max(0, first - LONGEST_RUN) && atoms[i]?.kind === "d") {
		if (text.slice(atoms[i]?.end, atoms[i + 1]?.start).includes(",")) return [];
		i--;
	}
	const words: string[] = [];
	for (let atom = atoms[i]; atom && atom.kind !== "d"; atom = atoms[--i]) {
		if (words.length === CODE_NEAR) break;
		words.push(atom.text);
	}
	return words;
}

function isRound(digits: string): boolean {
	return (
		digits.length <= 3 || (digits.length <= 7 && (digits.endsWith("00") || digits.endsWith("50")))
	);
}
