/** Phrases as they are written in the rules, as app/contact_guard/phrasebook.py has them. */
import { split } from "./rules";

const END = "<end>";
const MOST_SKIPPED = 4;
/** How far ahead is looked before a phrase with a gap is tried. */
export const AHEAD = MOST_SKIPPED + 2;
const NOTHING: ReadonlySet<string> = new Set();
const BLANKS = /\s+/;

export interface Element {
	readonly kind: "word" | "gap" | "not";
	readonly words: ReadonlySet<string>;
	readonly optional: boolean;
	readonly atEnd: boolean;
	readonly most: number;
}

/** Reads patterns; many have the same parts, and each part is read once. */
export class Phrasebook {
	private readonly classes: Readonly<Record<string, unknown>>;
	private readonly members = new Map<string, readonly string[]>();
	private readonly elements = new Map<string, Element>();

	constructor(classes: Readonly<Record<string, unknown>>) {
		this.classes = classes;
	}

	parse(pattern: string): Element[] {
		return pattern
			.trim()
			.split(BLANKS)
			.map((part) => {
				let element = this.elements.get(part);
				if (!element) {
					element = this.element(part);
					this.elements.set(part, element);
				}
				return element;
			});
	}

	private membersOf(name: string): readonly string[] {
		let words = this.members.get(name);
		if (!words) {
			words = split(String(this.classes[name]));
			this.members.set(name, words);
		}
		return words;
	}

	private element(part: string): Element {
		if (part.startsWith("~")) {
			const most = Math.min(Number(part.slice(1)), MOST_SKIPPED);
			return { kind: "gap", words: new Set(), optional: false, atEnd: false, most };
		}
		const options = part
			.replace(/^[!?]+/, "")
			.replace(/[!?]+$/, "")
			.split("|");
		const words = new Set<string>();
		for (const option of options) {
			if (option.startsWith("$"))
				for (const word of this.membersOf(option.slice(1))) words.add(word);
			else if (option !== "" && option !== END) words.add(option);
		}
		return {
			kind: part.startsWith("!") ? "not" : "word",
			words,
			optional: part.endsWith("?"),
			atEnd: options.includes(END),
			most: 0,
		};
	}
}

/** The words of which one must come behind element `k`, when that is so. */
export function mustFollow(elements: readonly Element[], k = 0): ReadonlySet<string> | null {
	const next = elements[k + 1];
	return next?.kind === "word" && !next.optional && !next.atEnd ? next.words : null;
}

/** The words of which one must be among the next, when that is so; else none. */
export function mustCome(elements: readonly Element[]): ReadonlySet<string> {
	const among = new Set<string>();
	let reach = 0;
	for (const element of elements.slice(1)) {
		reach += element.kind === "gap" ? element.most : 1;
		if (element.kind === "not" || element.atEnd || reach > AHEAD) return NOTHING;
		for (const word of element.words) among.add(word);
		if (element.kind === "word" && !element.optional) return among;
	}
	return NOTHING;
}
