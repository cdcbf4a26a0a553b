import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { DirectoryQuery } from "../net/api";
import { done, problem, type Result } from "../net/problem";
import type { Page, Therapist, TherapistStatus } from "../net/types";
import { api, timing } from "./engine";
import { connectionStatus, whenReachable, whenTherapistStatus } from "./live";
import type { Loadable } from "./types";

/** `""` and `false` filter nothing. */
export type DirectoryFilters = DirectoryQuery;

const AFTER_TYPING = 250;
const MOST_PAGES = 10;
/** After a gap in the live changes, a list older than this (ms) is asked for again. */
const FRESH = 5_000;
/** How old (ms) a list on the screen gets at most where no live changes come. */
const STALE = 30_000;
/** Several who become free in one moment are fetched at once. */
const TOGETHER = 250;
const everyone: DirectoryFilters = { q: "", area: "", kind: "", available: false };

const filters = signal<DirectoryFilters>(everyone);
const found = signal<Loadable<readonly Therapist[]>>({ status: "loading" });
const singles = signal<ReadonlyMap<string, Loadable<Therapist>>>(new Map());
const areas = signal<ReadonlySet<string>>(new Set());

export const directoryFilters: ReadonlySignal<DirectoryFilters> = filters;

/** Everyone who matches the filters, with live availability: whoever goes busy leaves a list of the available. */
export const directory: ReadonlySignal<Loadable<readonly Therapist[]>> = computed(() => {
	const list = found.value;
	if (!filters.value.available || !list.value) return list;
	return { ...list, value: list.value.filter(({ status }) => status === "available") };
});

/** Every area seen so far, in alphabetical order: what the area filter can offer. */
export const directoryAreas: ReadonlySignal<readonly string[]> = computed(() =>
	[...areas.value].sort((a, b) => a.localeCompare(b)),
);

/** One provider as last heard of, with live availability; `loadTherapist` fetches. */
export function therapistById(therapistId: string): ReadonlySignal<Loadable<Therapist>> {
	return computed(() => singles.value.get(therapistId) ?? listed(therapistId));
}

/** The provider if this page has heard of her, without asking. */
export function knownTherapist(therapistId: string): Therapist | null {
	return therapistById(therapistId).peek().value ?? null;
}

/** Changes some filters; the list follows, a quarter of a second after the last key in the search field. */
export function setDirectoryFilters(change: Partial<DirectoryFilters>): void {
	filters.value = { ...filters.peek(), ...change };
	cancelSearch();
	cancelSearch = timing.after("q" in change ? AFTER_TYPING : 0, () => void loadDirectory());
}

export function clearDirectoryFilters(): void {
	setDirectoryFilters(everyone);
}

/** Asks for everyone who matches. What was asked before and has not answered yet is dropped. */
export async function loadDirectory(): Promise<void> {
	cancelSearch();
	asking.abort();
	asking = new AbortController();
	const { signal: mine } = asking;
	const before = found.peek();
	found.value = { status: "loading", ...(before.value && { value: before.value }) };
	const askedAt = timing.now();
	const since = timing.elapsed();
	const result = await readAll(mine);
	if (mine.aborted) return;
	if (result.ok) areas.value = new Set([...areas.peek(), ...result.value.map(({ area }) => area)]);
	found.value = loaded(result, before, askedAt);
	replayStatuses(since);
}

/** Takes in a provider as an answer showed her. */
export function learnTherapist(therapist: Therapist): void {
	const ready = { status: "ready", value: therapist, asOf: timing.now() } as const;
	singles.value = new Map(singles.peek()).set(therapist.id, ready);
	showStatus(therapist.id, therapist.status);
}

/** Asks for one provider; whoever asks while an answer is on its way gets that one. */
export function loadTherapist(therapistId: string): Promise<void> {
	const underway = asked.get(therapistId);
	if (underway) return underway;
	const answer = fetchTherapist(therapistId).finally(() => asked.delete(therapistId));
	asked.set(therapistId, answer);
	return answer;
}

const asked = new Map<string, Promise<void>>();

async function fetchTherapist(therapistId: string): Promise<void> {
	const before = therapistById(therapistId).peek();
	const show = (next: Loadable<Therapist>) => {
		singles.value = new Map(singles.peek()).set(therapistId, next);
	};
	show({ status: "loading", ...(before.value && { value: before.value }) });
	const askedAt = timing.now();
	const since = timing.elapsed();
	show(loaded(await api.therapist(therapistId), before, askedAt));
	replayStatuses(since);
}

let cancelSearch = () => {};
let asking = new AbortController();

async function readAll(signal: AbortSignal): Promise<Result<Therapist[]>> {
	const all: Therapist[] = [];
	let asOf: number | undefined;
	let after: string | null = null;
	for (let page = 0; page < MOST_PAGES; page++) {
		const result: Result<Page<Therapist>> = await api.therapists(filters.peek(), after, signal);
		if (!result.ok) return result;
		all.push(...result.value.items);
		asOf ??= result.asOf;
		after = result.value.nextCursor;
		if (after === null) break;
	}
	return done(all, asOf);
}

function listed(therapistId: string): Loadable<Therapist> {
	const list = found.value;
	const value = list.value?.find(({ id }) => id === therapistId);
	return value && list.status === "ready"
		? { status: "ready", value, asOf: list.asOf }
		: { status: "loading", ...(value && { value }) };
}

function loaded<Value>(
	result: Result<Value>,
	before: Loadable<Value>,
	askedAt: number,
): Loadable<Value> {
	if (result.ok && result.asOf !== undefined) {
		const { value, asOf } = result;
		return { status: "offline", error: problem("unreachable"), value, asOf };
	}
	if (result.ok) return { status: "ready", value: result.value, asOf: askedAt };
	const { error } = result;
	const known = before.value === undefined ? {} : { value: before.value };
	if (error.code !== "unreachable") return { status: "error", error, ...known };
	const asOf = "asOf" in before && before.asOf !== undefined ? { asOf: before.asOf } : {};
	return { status: "offline", error, ...known, ...asOf };
}

/** Live changes, newest of each provider, with the moment they came (`timing.elapsed()`). */
const statuses = new Map<string, { status: TherapistStatus; at: number }>();

/** A change that came while a list was being asked for may be newer than the list. */
function replayStatuses(since: number): void {
	for (const [therapistId, { status, at }] of statuses) {
		if (at >= since) showStatus(therapistId, status);
	}
}

function showStatus(therapistId: string, status: TherapistStatus): void {
	const update = (therapist: Therapist) =>
		therapist.id === therapistId ? { ...therapist, status } : therapist;
	const list = found.peek();
	if (list.value) found.value = { ...list, value: list.value.map(update) };
	const single = singles.peek().get(therapistId);
	if (!single?.value) return;
	const next = { ...single, value: update(single.value) };
	singles.value = new Map(singles.peek()).set(therapistId, next);
}

whenTherapistStatus(({ therapistId, status }) => {
	statuses.set(therapistId, { status, at: timing.elapsed() });
	showStatus(therapistId, status);
	const isHere = found.peek().value?.some(({ id }) => id === therapistId);
	// Whether she matches the other filters too, the server knows.
	if (status === "available" && filters.peek().available && !isHere) {
		cancelSearch();
		cancelSearch = timing.after(TOGETHER, () => void loadDirectory());
	}
});

/**
 * Keeps the list fresh for as long as it is on the screen; what is returned ends it. Live changes come by the socket
 * alone: without it the list is asked for again every half minute, and when the page is seen again.
 */
export function followDirectory(): () => void {
	let cancel = () => {};
	const isLive = () => connectionStatus.peek().connectionType === "websocket";
	const refresh = () => {
		cancel();
		cancel = timing.after(STALE, refresh);
		const list = found.peek();
		const isOld = list.status !== "loading" && !isYoung(list, FRESH);
		if (!document.hidden && !isLive() && isOld) void loadDirectory();
	};
	cancel = timing.after(STALE, refresh);
	document.addEventListener("visibilitychange", refresh);
	return () => {
		cancel();
		document.removeEventListener("visibilitychange", refresh);
	};
}

/** By the device's clock, because the other one stands still while the device sleeps. */
function isYoung(list: Loadable<unknown>, limit: number): boolean {
	const age = "asOf" in list && list.asOf !== undefined ? timing.now() - list.asOf : limit + 1;
	return age >= 0 && age <= limit;
}

whenReachable(() => {
	const list = found.peek();
	const isOld = list.status === "ready" && !isYoung(list, FRESH);
	if (list.status === "offline" || isOld) void loadDirectory();
	for (const [therapistId, { status }] of singles.peek()) {
		if (status === "offline") void loadTherapist(therapistId);
	}
});
