/** The open windows as a list that survives a reload. What may happen in them is in windows.ts. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Problem } from "../net/problem";
import { NOBODY_YET, type Owner } from "../storage/keys";
import { readWindows, type StoredWindow, type WindowStep, writeWindows } from "../storage/windows";
import type { BookingFault } from "./bookingValidity";
import { owner } from "./session";

/** Why a window was closed on the person: its booking is broken (in what), or it may not be opened. */
export type ClosedBecause =
	| { why: "broken_booking"; faults: readonly BookingFault[] }
	| { why: "refused"; problem: Problem };

export interface ChatWindow extends StoredWindow {
	/** Set with the step `closed`. */
	closedBecause: ClosedBecause | null;
	/** With the step `opening`: why it takes longer; it is tried again by itself. */
	delay: Problem | null;
}

const list = signal<readonly ChatWindow[]>([]);
let listOf: Owner | null = null;

export const windowList: ReadonlySignal<readonly ChatWindow[]> = list;

export const findWindow = (id: string) => list.peek().find((window) => window.id === id);

/** Changes one window; nothing if it is not open any more. */
export function updateWindow(id: string, change: Partial<ChatWindow>): void {
	const before = findWindow(id);
	if (!before) return;
	const next = { ...before, ...change };
	const isSame = (Object.keys(change) as (keyof ChatWindow)[]).every(
		(key) => next[key] === before[key],
	);
	if (!isSame) show(list.peek().map((window) => (window.id === id ? next : window)));
}

/** Puts a window in front of the others, opening it if need be. */
export function raiseWindow(id: string, therapistId: string, step: WindowStep): void {
	const open = findWindow(id) ?? {
		id,
		therapistId,
		conversationId: null,
		bookingId: null,
		closedBecause: null,
		delay: null,
		step,
		isMinimised: false,
		over: null,
	};
	const others = list.peek().filter((window) => window.id !== id);
	show([...others, { ...open, isMinimised: false, over: pagePath() }]);
}

const pagePath = () => location.pathname.replace(/\/+$/, "") || "/";

/** The app was started from the home screen, on the page it starts with: it goes on where it was left. */
const isAppStart = () => history.length === 1 && matchMedia("(display-mode: standalone)").matches;

export function removeWindow(id: string): void {
	show(list.peek().filter((window) => window.id !== id));
}

function show(next: readonly ChatWindow[]): void {
	list.value = next;
	if (listOf !== null) writeWindows(listOf, next.map(asStored));
}

function asStored({ closedBecause, delay, ...stored }: ChatWindow): StoredWindow {
	return stored;
}

/** A chat is checked again before it shows. */
function restored(stored: StoredWindow): ChatWindow {
	const step = stored.step === "chat" ? "opening" : stored.step;
	const over = isAppStart() ? pagePath() : stored.over;
	return { ...stored, over, step, closedBecause: null, delay: null };
}

owner.subscribe((whose) => {
	if (whose === listOf) return;
	const before = listOf;
	listOf = whose;
	const kept = whose === null ? [] : readWindows(whose).filter(({ step }) => step !== "closed");
	const own = before === null || before === NOBODY_YET ? openedByNobody(whose) : [];
	if (whose !== NOBODY_YET) writeWindows(NOBODY_YET, []);
	const others = kept.filter(({ id }) => !own.some((window) => window.id === id));
	show([...others.map(restored), ...own]);
});

/**
 * What was opened before anybody was known stays open for the person who becomes known, also when the page was loaded
 * again between the server's making a guest and its answer.
 */
function openedByNobody(whose: Owner | null): readonly ChatWindow[] {
	if (list.peek().length > 0 || whose === null || whose === NOBODY_YET) return list.peek();
	return readWindows(NOBODY_YET)
		.filter(({ step }) => step !== "closed")
		.map(restored);
}
