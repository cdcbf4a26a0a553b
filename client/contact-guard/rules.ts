/** The rules as data: the very files that app/contact_guard reads. */
import addresses from "../../app/contact_guard/rules/addresses.json";
import characters from "../../app/contact_guard/rules/characters.json";
import dialling from "../../app/contact_guard/rules/dialling.json";
import engine from "../../app/contact_guard/rules/engine.json";
import lookalikes from "../../app/contact_guard/rules/lookalikes.json";
import masks from "../../app/contact_guard/rules/masks.json";
import numbers from "../../app/contact_guard/rules/numbers.json";
import phrases from "../../app/contact_guard/rules/phrases.json";
import words from "../../app/contact_guard/rules/words.json";

export type Table = Readonly<Record<string, string>>;

export interface Group {
	readonly name: string;
	readonly code: string;
	readonly guards: readonly string[];
	readonly maxWords?: number;
	/** Whether a comma may stand within its phrases. */
	readonly acrossCommas?: boolean;
	readonly patterns: readonly string[];
}

/** What the engine takes of the files. */
export interface Rules {
	readonly addresses: {
		readonly handle: { readonly pattern: string; readonly places: string };
		readonly named: { readonly pattern: string; readonly context: string };
		readonly patterns: readonly {
			readonly code: string;
			/** One of these must be in the text, or the pattern is not tried. */
			readonly needs: readonly string[];
			readonly pattern: string;
		}[];
	};
	readonly characters: {
		readonly runs: readonly (readonly number[])[];
		readonly texts: Table;
		readonly ignored: readonly (readonly number[])[];
		readonly letters: readonly (readonly number[])[];
	};
	readonly dialling: { readonly lengths: Readonly<Record<string, readonly number[]>> };
	readonly engine: {
		readonly version: string;
		readonly longest: number;
		readonly messages: number;
		readonly looseWords: number;
		readonly phrase: {
			readonly lookBack: number;
			readonly lookAhead: number;
			readonly joinedWords: number;
			readonly joinedMessages: number;
		};
	};
	readonly lookalikes: {
		readonly scripts: Table;
		readonly leet: Table;
		readonly letters: Table;
		readonly signs: Table;
		readonly alphabets: readonly string[];
		readonly alone: string;
		readonly notAlone: string;
	};
	readonly masks: Readonly<Record<string, unknown>> & {
		readonly patterns: readonly { readonly kind: string; readonly pattern: string }[];
	};
	readonly numbers: Readonly<Record<string, unknown>>;
	readonly phrases: {
		readonly boundaries: string;
		readonly turns: string;
		readonly harmless: readonly string[];
		readonly notNegation: readonly string[];
		readonly negation: readonly string[];
		readonly afterNegation: readonly string[];
		readonly inApp: readonly string[];
		readonly mention: readonly string[];
		readonly report: readonly string[];
		readonly groups: readonly Group[];
		readonly contains: Readonly<Record<string, readonly string[]>>;
		readonly fillers: string;
	};
	readonly words: Readonly<Record<string, unknown>>;
}

export const RULES: Rules = {
	addresses,
	// The files hold far more than a literal type is good for.
	characters: characters as unknown as Rules["characters"],
	dialling: dialling as unknown as Rules["dialling"],
	engine,
	lookalikes: lookalikes as unknown as Rules["lookalikes"],
	masks,
	numbers,
	phrases: phrases as unknown as Rules["phrases"],
	words,
};

/** The words of a list that a file keeps as one text. */
export function wordsOf(file: Readonly<Record<string, unknown>>, key: string): Set<string> {
	return new Set(split(String(file[key])));
}

export function split(text: string): string[] {
	return text.split(/\s+/).filter((part) => part !== "");
}

export function table(file: Readonly<Record<string, unknown>>, key: string): Table {
	return file[key] as Table;
}
