/** What is recognised by its form, as app/contact_guard/addresses.py has it. */

import type { Finding } from "./findings";
import { placeOf } from "./pieces";
import { type Rules, wordsOf } from "./rules";
import type { Word } from "./words";

const NEAR = 4;

export class Addresses {
	private readonly patterns: readonly {
		readonly code: string;
		readonly needs: readonly string[];
		readonly pattern: RegExp;
	}[];
	private readonly handle: RegExp;
	private readonly places: Set<string>;
	private readonly named: RegExp;
	private readonly context: Set<string>;

	constructor({ addresses }: Rules) {
		this.patterns = addresses.patterns.map(({ code, needs, pattern }) => ({
			code,
			needs,
			pattern: new RegExp(pattern, "g"),
		}));
		this.handle = new RegExp(addresses.handle.pattern, "g");
		this.places = wordsOf(addresses.handle, "places");
		this.named = new RegExp(addresses.named.pattern, "g");
		this.context = wordsOf(addresses.named, "context");
	}

	find(text: string, words: readonly Word[]): Finding[] {
		const found: Finding[] = [];
		const add = (code: string, match: RegExpExecArray): void => {
			const end = match.index + match[0].length;
			found.push({ code, start: match.index, end, stage: "addresses" });
		};
		for (const { code, needs, pattern } of this.patterns)
			if (needs.some((part) => text.includes(part)))
				for (const match of text.matchAll(pattern)) add(code, match);
		if (text.includes("@"))
			for (const match of text.matchAll(this.handle)) {
				if (!this.places.has(match[0].replace(/^[@ ]+|[._]+$/g, ""))) add("MESSENGER", match);
			}
		if (text.includes("_") || text.includes("."))
			for (const match of text.matchAll(this.named))
				if (this.isNamed(match[0], match.index, words)) add("MESSENGER", match);
		return found;
	}

	private isNamed(name: string, start: number, words: readonly Word[]): boolean {
		const first = placeOf(words, start);
		const last = placeOf(words, start + name.length);
		const beside = [
			...words.slice(Math.max(0, first - NEAR), first),
			...words.slice(last, last + NEAR),
		];
		const likely = name.includes("_") || name.split(".").every((part) => part.length >= 3);
		return likely && beside.some((word) => word.readings.some((one) => this.context.has(one)));
	}
}
