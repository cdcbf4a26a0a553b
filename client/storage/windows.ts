import { textOrNull } from "./decode";
import { type Owner, windowsKey } from "./keys";
import { readJson, removeKey, writeJson } from "./local";

export type WindowStep = "form" | "review" | "sending" | "waiting" | "opening" | "chat" | "closed";

/** What is restored of an open window after a reload. */
export interface StoredWindow {
	id: string;
	therapistId: string;
	conversationId: string | null;
	bookingId: string | null;
	step: WindowStep;
	isMinimised: boolean;
	/** The path of the page it was opened over; null where an older version of the app did not note it. */
	over: string | null;
}

const STEPS: readonly unknown[] = [
	"form",
	"review",
	"sending",
	"waiting",
	"opening",
	"chat",
	"closed",
] satisfies WindowStep[];

/** The windows that were open, in the order they were opened; damaged ones are left out. */
export function readWindows(owner: Owner): StoredWindow[] {
	const stored = (readJson(windowsKey(owner), Array.isArray) ?? []).filter(isWindow);
	return stored.map((window) => ({ ...window, over: textOrNull(window.over) }));
}

export function writeWindows(owner: Owner, windows: readonly StoredWindow[]): void {
	if (windows.length > 0) writeJson(windowsKey(owner), windows);
	else removeKey(windowsKey(owner));
}

function isWindow(value: unknown): value is StoredWindow {
	if (typeof value !== "object" || value === null) return false;
	const { id, therapistId, conversationId, bookingId, step, isMinimised } = value as Record<
		string,
		unknown
	>;
	const isIdOrNull = (held: unknown) => held === null || typeof held === "string";
	return (
		typeof id === "string" &&
		typeof therapistId === "string" &&
		isIdOrNull(conversationId) &&
		isIdOrNull(bookingId) &&
		STEPS.includes(step) &&
		typeof isMinimised === "boolean"
	);
}
