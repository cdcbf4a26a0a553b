/** What the searches of a text answer with, as app/contact_guard/findings.py has it. */
import type { Item } from "./numbers";

export interface Finding {
	readonly code: string;
	readonly start: number;
	readonly end: number;
	readonly stage: string;
}

export function made(code: string, first: Item, last: Item, stage: string): Finding {
	return { code, start: first.start, end: last.end, stage };
}
