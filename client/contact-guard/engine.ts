/** The pipeline over one text, as app/contact_guard/engine.py has it. */
import { Addresses } from "./addresses";
import { Atoms } from "./atoms";
import type { Finding } from "./findings";
import { Masks } from "./masks";
import { type Folded, Folding } from "./normalise";
import { type Item, Numerals } from "./numbers";
import type { Rules } from "./rules";
import { Syllables } from "./syllables";
import { Talk } from "./talk";
import { Windows } from "./windows";
import type { Word } from "./words";

const MOST_KEPT = 64;

export interface Analysis {
	readonly folded: Folded;
	readonly words: readonly Word[];
	readonly items: readonly Item[];
	readonly findings: readonly Finding[];
	readonly accounts: readonly number[];
	readonly isBackwards: boolean;
	readonly onlyDigits: boolean;
	readonly isFiller: boolean;
}

export class Engine {
	readonly rules: Rules;
	readonly windows: Windows;
	private readonly folding: Folding;
	private readonly atoms: Atoms;
	private readonly numerals: Numerals;
	private readonly syllables: Syllables;
	private readonly masks: Masks;
	readonly talk: Talk;
	private readonly addresses: Addresses;
	private readonly kept = new Map<string, Analysis>();

	constructor(rules: Rules) {
		this.rules = rules;
		this.folding = new Folding(rules);
		this.atoms = new Atoms(rules);
		this.numerals = new Numerals(rules);
		this.syllables = new Syllables(rules);
		this.masks = new Masks(rules);
		this.talk = new Talk(rules, this.folding);
		this.addresses = new Addresses(rules);
		this.windows = new Windows(rules);
	}

	/** Makes some more of the tables, which the first text has made otherwise; whether there is more to do. */
	prepare(): boolean {
		return this.talk.prepare();
	}

	/** The analysis of a text; the latest are kept. */
	analysed(text: string): Analysis {
		const known = this.kept.get(text);
		if (known) return known;
		const analysis = this.analyse(text);
		const [oldest] = this.kept.keys();
		if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
		this.kept.set(text, analysis);
		return analysis;
	}

	private analyse(text: string): Analysis {
		const folded = this.folding.fold(text, this.rules.engine.longest);
		const words = this.talk.split(folded.text);
		const heard = this.talk.listen(folded.text, words);
		const atoms = this.syllables.joined(this.atoms.read(folded.text), folded.text);
		const items = this.numerals.items(atoms, folded.text);
		const findings = [...heard.findings, ...this.addresses.find(folded.text, words)];
		if (items.length > 0) {
			this.masks.apply(folded.text, atoms, items);
			findings.push(...this.windows.find(atoms, items, heard.accounts));
		}
		const inItems = items.reduce((sum, item) => sum + item.last - item.first + 1, 0);
		const fillers = atoms.filter(
			({ text: word, kind }) => this.talk.fillers.has(word) && (kind === "o" || kind === "w"),
		).length;
		return {
			folded,
			words,
			items,
			findings,
			accounts: heard.accounts,
			isBackwards: this.windows.scattered.isBackwards(atoms),
			onlyDigits:
				items.length > 0 &&
				inItems + fillers >= atoms.length &&
				items.every((item) => item.mask === ""),
			isFiller: atoms.length > 0 && fillers === atoms.length,
		};
	}
}
