/** R7: a chat window opens, and stays open, only over a valid booking. */
import { done, isFinal, type Problem, type Result } from "../net/problem";
import type { Booking } from "../net/types";
import { NOBODY_YET } from "../storage/keys";
import { NAMELESS } from "../sync/facts";
import { loadBooking } from "./bookings";
import { type BookingFault, bookingProblems } from "./bookingValidity";
import { loadConversation } from "./conversations";
import { facts, factsAsOf } from "./facts";
import { epoch, whenReachable } from "./live";
import { owner } from "./session";
import { type ChatWindow, findWindow, updateWindow, windowList } from "./windowList";

/** The windows whose booking is being asked for. */
const opening = new Set<string>();

/** At the step to chat: a broken booking closes the window with an explanation. */
export function enterChat(id: string, booking: unknown): void {
	const faults = bookingProblems(booking);
	const isSound = faults.length === 0;
	updateWindow(id, {
		...idsOf(booking),
		delay: null,
		step: isSound ? "chat" : "closed",
		closedBecause: isSound ? null : { why: "broken_booking", faults },
	});
}

/** When the window opens: finds the booking behind the chat, on the device or (always, if `anew`) at the server. */
export async function openWindowChat(id: string, anew = false): Promise<void> {
	const window = findWindow(id);
	// While nobody is known it waits; it is taken up again when somebody is.
	if (window?.step !== "opening" || owner.peek() === null) return;
	// The lists may come while it is asked for by itself.
	const listed = anew ? undefined : currentOf(window);
	if (listed && bookingProblems(listed).length === 0) return enterChat(id, listed);
	if (opening.has(id)) return;
	opening.add(id);
	const booking = await bookingOf(window, anew);
	opening.delete(id);
	if (findWindow(id)?.step !== "opening") return;
	if (booking.ok) enterChat(id, booking.value);
	else delayed(id, booking.error);
}

async function bookingOf(
	{ bookingId, conversationId }: ChatWindow,
	anew: boolean,
): Promise<Result<Booking | null>> {
	let newest = bookingId;
	if (conversationId !== null) {
		const known = facts.peek().conversations.get(conversationId);
		const room = known ? done(known) : await loadConversation(conversationId);
		if (!room.ok) return room;
		newest = room.value.bookingId;
	}
	if (!newest) return done(null);
	const known = anew ? undefined : facts.peek().bookings.get(newest);
	if (known && bookingProblems(known).length === 0) return done(known);
	// What this device has is broken; the server may have it whole.
	const asked = await loadBooking(newest);
	return known && !asked.ok && !isFinal(asked.error) ? done(known) : asked;
}

function delayed(id: string, problem: Problem): void {
	const isStranger = problem.status === 401 && owner.peek() === NOBODY_YET;
	if (isFinal(problem) || isStranger) {
		updateWindow(id, { step: "closed", closedBecause: { why: "refused", problem } });
	} else {
		updateWindow(id, { delay: problem });
	}
}

function idsOf(booking: unknown): Partial<ChatWindow> {
	const { bookingId, conversationId } = (booking ?? {}) as Partial<Booking>;
	return { ...(bookingId && { bookingId }), ...(conversationId && { conversationId }) };
}

/** When the booking changes; and a chat follows its conversation to a newer booking. */
function checkChat(window: ChatWindow): void {
	const { id } = window;
	const current = currentOf(window);
	if (current) {
		enterChat(id, current);
	} else {
		updateWindow(id, { step: "opening" });
		void openWindowChat(id);
	}
}

/** What was broken may have come again since, from the server or from another source: then nobody has to ask for it. */
function checkBroken(window: ChatWindow, known: readonly BookingFault[]): void {
	const current = currentOf(window);
	if (current && !isEqual(bookingProblems(current), known)) enterChat(window.id, current);
}

const isEqual = (some: readonly BookingFault[], others: readonly BookingFault[]) =>
	JSON.stringify(some) === JSON.stringify(others);

function currentOf({ bookingId, conversationId }: ChatWindow): Booking | undefined {
	const { bookings, conversations } = facts.peek();
	const newest = conversations.get(conversationId ?? "")?.bookingId ?? bookingId;
	const nameless = bookings.get(NAMELESS);
	const isOurs = nameless !== undefined && nameless.conversationId === conversationId;
	return isOurs ? nameless : (bookings.get(newest ?? "") ?? bookings.get(bookingId ?? ""));
}

function openWaiting(): void {
	for (const { id } of windowList.peek()) void openWindowChat(id);
}

facts.subscribe(() => {
	for (const window of windowList.peek()) {
		const { step, closedBecause } = window;
		if (step === "chat") checkChat(window);
		else if (closedBecause?.why === "broken_booking") checkBroken(window, closedBecause.faults);
	}
});
epoch.subscribe(openWaiting);
// Without a network what was known last opens it.
factsAsOf.subscribe((asOf) => asOf !== null && openWaiting());
// For a person the lists come next, and with them the bookings; a stranger is told at once.
owner.subscribe((whose) => whose === NOBODY_YET && openWaiting());
whenReachable(openWaiting);
