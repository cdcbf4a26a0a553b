import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Problem } from "../net/problem";
import type { BookingRequest } from "../net/types";
import { learn } from "./live";
import type { Sent } from "./order";
import { markSent } from "./submitAttempts";

/** Where the order to one therapist stands. */
export type Submission =
	| { phase: "idle" }
	/** `attempt` counts from 1. `isKept`: it is saved on this device meanwhile. */
	| { phase: "sending"; attempt: number; isKept: boolean }
	/** Not sent yet, and tried again. `isKept`: it is saved on this device; else it lives only as long as the page. */
	| { phase: "kept"; order: BookingRequest; problem: Problem | null; isKept: boolean }
	/**
	 * It waited, and is not sent without asking: `time_passed`, or the server refused it (`problem.code` says why,
	 * e.g. `price_changed` with the new PriceQuote in `problem.current`), or it was made before the person came
	 * (`ordered_as_guest`).
	 */
	| { phase: "asking"; order: BookingRequest; why: "time_passed"; problem: null }
	| { phase: "asking"; order: BookingRequest; why: "refused"; problem: Problem };

export type UnsentBooking = Extract<Submission, { phase: "kept" | "asking" }>;

export const idle: Submission = { phase: "idle" };
const all = signal<ReadonlyMap<string, Submission>>(new Map());
const listeners = new Set<(therapistId: string, sent: Sent) => void>();

/** Every order that is under way, by therapist. */
export const submissions: ReadonlySignal<ReadonlyMap<string, Submission>> = all;

/** Where the order to this therapist stands; read it in a component and it follows. */
export function submission(therapistId: string): Submission {
	return all.value.get(therapistId) ?? idle;
}

/** The orders that were sent off but are not at the server, in the order they were kept. */
export const unsent: ReadonlySignal<readonly UnsentBooking[]> = computed(() =>
	[...all.value.values()].filter((entry) => entry.phase === "kept" || entry.phase === "asking"),
);

export function showSubmission(therapistId: string, next: Submission): void {
	const changed = new Map(all.peek());
	if (next === idle) changed.delete(therapistId);
	else changed.set(therapistId, next);
	all.value = changed;
}

/** The therapists with an order that is being sent, kept, or asked about. */
export const shownSubmissions = (): string[] => [...all.peek().keys()];

/** Calls `act` when an order has become a booking, at once or much later. */
export function whenBooked(act: (therapistId: string, sent: Sent) => void): void {
	listeners.add(act);
}

/** An order has become a booking: the state and the screens hear of it from the answer alone. */
export function booked(therapistId: string, sent: Sent): void {
	batch(() => {
		learn(
			{ type: "booking", data: sent.booking },
			{ type: "conversation", data: sent.conversation },
		);
		markSent(therapistId, sent.booking.bookingId);
		showSubmission(therapistId, idle);
		for (const act of listeners) act(therapistId, sent);
	});
}
