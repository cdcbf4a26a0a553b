/** What an operator sees. Nothing of it is kept on the device: it holds texts that only she may read. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { createOperatorApi, type Judgement } from "../net/operatorApi";
import { done, type Result } from "../net/problem";
import type {
	Appeal,
	AuditEntry,
	Page,
	Refusal,
	RefusedPerson,
	Reveal,
	Shadow,
} from "../net/types";
import { http, timing } from "./engine";
import type { Loadable } from "./types";

export type { Judgement } from "../net/operatorApi";

/** A list as far as it was fetched; `isWhole` is false where more of it is on the server. */
export interface Part<Item> {
	items: readonly Item[];
	isWhole: boolean;
}

export interface Oversight {
	appeals: Part<Appeal>;
	people: Part<RefusedPerson>;
	trail: Part<AuditEntry>;
	reveals: Part<Reveal>;
	shadow: Shadow;
}

const MOST_PAGES = 5;
/** Several reasons to look again (focus, coming into sight) within this time (ms) are one. */
const FRESH = 2_000;
const api = createOperatorApi(http);

const seen = signal<Loadable<Oversight>>({ status: "loading" });
let turn = 0;
let askedAt = Number.NEGATIVE_INFINITY;

export const oversight: ReadonlySignal<Loadable<Oversight>> = seen;

/** Forgets everything, when the page is left. */
export function forgetOversight(): void {
	turn += 1;
	askedAt = Number.NEGATIVE_INFINITY;
	seen.value = { status: "loading" };
}

/** Looks again unless it has only just been done. */
export function refreshOversight(): void {
	if (timing.elapsed() - askedAt > FRESH) void loadOversight();
}

/** Asks for everything; what was asked before and has not answered yet is dropped. */
export async function loadOversight(): Promise<void> {
	turn += 1;
	const mine = turn;
	askedAt = timing.elapsed();
	const before = seen.peek().value;
	seen.value = { status: "loading", ...(before && { value: before }) };
	const [appeals, people, trail, reveals, shadow] = await Promise.all([
		pages(api.openAppeals, MOST_PAGES),
		pages(api.people, 1),
		pages(api.trail, 1),
		pages(api.reveals, 1),
		api.shadow(),
	]);
	if (mine !== turn) return;
	const refusal = [appeals, people, trail, reveals, shadow].find((result) => !result.ok);
	if (refusal && !refusal.ok) {
		const status = refusal.error.code === "unreachable" ? "offline" : "error";
		seen.value = { status, error: refusal.error, ...(before && { value: before }) };
	} else if (appeals.ok && people.ok && trail.ok && reveals.ok && shadow.ok) {
		const value = {
			appeals: appeals.value,
			people: people.value,
			trail: trail.value,
			reveals: reveals.value,
			shadow: shadow.value,
		};
		seen.value = { status: "ready", value, asOf: timing.now() };
	}
}

async function pages<Item>(
	ask: (cursor: string | null) => Promise<Result<Page<Item>>>,
	most: number,
): Promise<Result<Part<Item>>> {
	const items: Item[] = [];
	let cursor: string | null = null;
	for (let page = 0; page < most; page++) {
		const result: Result<Page<Item>> = await ask(cursor);
		if (!result.ok) return result;
		items.push(...result.value.items);
		cursor = result.value.nextCursor;
		if (cursor === null) break;
	}
	return done({ items, isWhole: cursor === null });
}

/** The newest refusals of one person. */
export const refusalsOf = (userId: string): Promise<Result<Part<Refusal>>> =>
	pages((cursor) => api.refusalsOf(userId, cursor), 1);

/**
 * Judges an appeal. One that somebody else has judged meanwhile is gone from the list too; everything is looked at
 * again then.
 */
export async function judge(
	appealId: string,
	judgement: Judgement,
	reason = "",
): Promise<Result<Appeal>> {
	const result = await api.judge(appealId, judgement, reason);
	if (result.ok || result.error.code === "appeal_judged") await loadOversight();
	return result;
}
