import type { ReadonlySignal } from "@preact/signals";
import type { Booking } from "../net/types";
import type { WindowStep } from "../storage/windows";
import { facts } from "./facts";
import { owner } from "./session";
import { type Submission, submissions, whenBooked } from "./submissions";
import { discardUnsent, submission } from "./submit";
import { enterChat, openWindowChat } from "./windowChat";
import {
	type ChatWindow,
	findWindow,
	raiseWindow,
	removeWindow,
	updateWindow,
	windowList,
} from "./windowList";

export type { WindowStep } from "../storage/windows";
export type { ChatWindow, ClosedBecause } from "./windowList";

/**
 * The open windows, the one opened last at the end. Steps: `form` and `review` are moved by the person (`goTo`);
 * `sending`, `waiting` (kept on this phone) and back follow the submission; `opening` loads the booking behind a
 * chat; `chat` is entered only with a valid booking; `closed` says why in `closedBecause`.
 */
export const windows: ReadonlySignal<readonly ChatWindow[]> = windowList;

/**
 * Opens the booking window of a therapist. With a booking that still waits for somebody's word it shows its chat,
 * unless the person asks to book `again`. The window's id.
 */
export function openBookingWindow(therapistId: string, again = false): string {
	const before = windowList.peek().find((window) => window.therapistId === therapistId);
	const id = before?.id ?? therapistId;
	raiseWindow(id, therapistId, "form");
	const isFilledIn = before?.step === "form" || before?.step === "review";
	const live = again ? undefined : liveBooking(therapistId);
	const underWay = stepOf(submission(therapistId).phase);
	if (underWay) updateWindow(id, { step: underWay });
	else if (live) enterChat(id, live);
	else if (again || !isFilledIn) updateWindow(id, { step: "form", closedBecause: null });
	return id;
}

/** Opens the chat of a conversation. The window's id. */
export function openChat(conversationId: string): string {
	const before = windowList.peek().find((window) => window.conversationId === conversationId);
	const id = before?.id ?? conversationId;
	raiseWindow(id, therapistOf(conversationId), "opening");
	if (before?.step === "chat") return id;
	updateWindow(id, { conversationId, step: "opening", closedBecause: null });
	void openWindowChat(id);
	return id;
}

/** Moves between `form` and `review`. A kept order is not sent any more once it is being changed. */
export function goTo(id: string, step: "form" | "review"): void {
	const window = findWindow(id);
	if (!window) return;
	if (window.step === "waiting") discardUnsent(window.therapistId);
	updateWindow(id, { step });
}

/** Tries again to open a window that was closed because of its booking. */
export function reopen(id: string): void {
	updateWindow(id, { step: "opening", closedBecause: null });
	void openWindowChat(id, true);
}

export const closeWindow = (id: string): void => removeWindow(id);

export function minimiseWindow(id: string, isMinimised: boolean): void {
	updateWindow(id, { isMinimised });
}

/** Where a window covers the screen: shows this one over the page and puts the others away; with null all of them. */
export function bringToFront(id: string | null): void {
	for (const window of windowList.peek()) {
		if (window.id !== id) updateWindow(window.id, { isMinimised: true });
	}
	const front = id === null ? undefined : findWindow(id);
	if (front) raiseWindow(front.id, front.therapistId, front.step);
}

/** Puts away what was opened over another page than the one at `path`. */
export function putAwayBut(path: string): void {
	for (const { id, over } of windowList.peek()) {
		if ((over ?? path) !== path) updateWindow(id, { isMinimised: true });
	}
}

/** The booking with this therapist that still waits for somebody's word. */
export function liveBooking(therapistId: string): Booking | undefined {
	return [...facts.peek().bookings.values()].find(
		(booking) =>
			booking.therapistId === therapistId &&
			(booking.status === "pending" || booking.status === "therapist_accepted"),
	);
}

/** A conversation's id is `customer_{customerId}_therapist_{therapistId}`. */
function therapistOf(conversationId: string): string {
	return conversationId.slice(conversationId.lastIndexOf("_therapist_") + "_therapist_".length);
}

function stepOf(phase: Submission["phase"]): WindowStep | null {
	if (phase === "sending") return "sending";
	if (phase === "kept") return "waiting";
	return phase === "asking" ? "review" : null;
}

/** Moves a booking window when its order moved on; what the person does in between is left alone. */
function follow({ id, step }: ChatWindow, phase: Submission["phase"]): void {
	const next = stepOf(phase);
	const isUnderWay = step === "sending" || step === "waiting";
	const isBooking = isUnderWay || step === "form" || step === "review";
	if (isBooking && next) updateWindow(id, { step: next });
	else if (isUnderWay) updateWindow(id, { step: "review" });
}

const followed = new Map<string, Submission["phase"]>();

submissions.subscribe((all) => {
	for (const window of windowList.peek()) {
		const phase = all.get(window.therapistId)?.phase ?? "idle";
		const isNews = followed.get(window.therapistId) !== phase;
		if (isNews) follow(window, phase);
	}
	followed.clear();
	for (const [therapistId, { phase }] of all) followed.set(therapistId, phase);
});

// A window that was sending or waiting when the page went away stands where its order stands now.
owner.subscribe(() => {
	for (const { id, therapistId, step } of windowList.peek()) {
		if (step === "sending" || step === "waiting") {
			updateWindow(id, { step: stepOf(submission(therapistId).phase) ?? "review" });
		}
	}
});

whenBooked((therapistId, { booking }) => {
	const window = windowList.peek().find(({ therapistId: of }) => of === therapistId);
	if (window) enterChat(window.id, booking);
});
