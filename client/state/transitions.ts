/** R5: the transitions of a booking, each asked for until it is known what became of it. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { BookingAction } from "../net/api";
import { attemptRepeatedly, SUBMIT_DELAYS } from "../net/attempts";
import { failed, isFinal, type Problem, problem, type Result } from "../net/problem";
import type { Booking } from "../net/types";
import type { Owner } from "../storage/keys";
import { answeredTo } from "./appeals";
import { api, timing } from "./engine";
import { facts } from "./facts";
import { learn, whenReachable } from "./live";
import { doubtSession, owner } from "./session";

/** Milliseconds between further attempts; the last one repeats. Being reachable again cuts any of them short. */
const RETRY_DELAYS = [4_000, 8_000, 16_000, 30_000];

/** What a person asked for last about one booking. */
interface Wish {
	whose: Owner | null;
	action: BookingAction;
	reason: string | undefined;
	failures: number;
	isAsking: boolean;
	/** The server asked to be left alone until then (`timing.elapsed()`). */
	notBefore: number;
	cancelRetry: () => void;
}

const wishes = new Map<string, Wish>();

/** A transition of which it is not known yet what became of it. */
export interface Unsettled {
	action: BookingAction;
	/** The first attempts had no answer: it may have happened, and is asked for again by itself. */
	isOverdue: boolean;
}

const shown = signal<ReadonlyMap<string, Unsettled>>(new Map());

/** What was asked for and is not answered, by booking. */
export const unsettled: ReadonlySignal<ReadonlyMap<string, Unsettled>> = shown;

/** A cancellation whose reason was refused when nobody looked on any more: the booking stands. */
export interface Uncancelled {
	reason: string;
	problem: Problem;
}

const refused = signal<ReadonlyMap<string, Uncancelled>>(new Map());

/** What was to be cancelled with a reason that can't be sent, by booking, until the person has decided anew. */
export const uncancelled: ReadonlySignal<ReadonlyMap<string, Uncancelled>> = refused;

/** The person leaves the booking as it is. */
export function keepBooking(bookingId: string): void {
	const next = new Map(refused.peek());
	if (next.delete(bookingId)) refused.value = next;
}

/**
 * Asks for a transition. Each is repeatable: the same person asking again gets the same answer. Three attempts while
 * someone looks on; without an answer (code `unanswered`) it is asked for until there is one, or until the person
 * asks for something else. Every answer, also a refusal (`booking_state`), brings the booking as it stands now.
 */
export async function transition(
	bookingId: string,
	action: BookingAction,
	reason?: string,
): Promise<Result<Booking>> {
	end(bookingId);
	const wish: Wish = {
		whose: owner.peek(),
		action,
		reason,
		failures: 0,
		isAsking: true,
		notBefore: 0,
		cancelRetry() {},
	};
	wishes.set(bookingId, wish);
	show(bookingId, { action, isOverdue: false });
	const { result } = await attemptRepeatedly(timing, SUBMIT_DELAYS, () => askFor(bookingId, wish));
	return settle(bookingId, wish, result);
}

/** Whoever came meanwhile may be the other member of the booking: nothing is done in that one's name. */
async function askFor(
	bookingId: string,
	{ whose, action, reason }: Wish,
): Promise<Result<Booking>> {
	if (owner.peek() !== whose) return failed(problem("signed_out", 403));
	const answer = await api.transition(bookingId, action, reason);
	if (!answer.ok) doubtSession(answer.error);
	return answer;
}

function settle(bookingId: string, wish: Wish, result: Result<Booking>): Result<Booking> {
	wish.isAsking = false;
	// Meanwhile the person may have left, or asked for something else about this booking.
	if (owner.peek() !== wish.whose) return result;
	const conversationId = facts.peek().bookings.get(bookingId)?.conversationId;
	if (wish.reason && conversationId)
		answeredTo({ kind: "reason", text: wish.reason, conversationId }, result);
	const isNewest = wishes.get(bookingId) === wish;
	if (isNewest && (result.ok || result.error.status !== REFUSED)) keepBooking(bookingId);
	if (isNewest && !result.ok && isUnknown(result.error)) {
		askLater(bookingId, wish, result.error.retryAfter ?? 0);
		return failed(problem("unanswered"));
	}
	if (isNewest) end(bookingId);
	const booking = result.ok ? result.value : result.error.current;
	if (isBooking(booking)) learn({ type: "booking", data: booking });
	return result;
}

/** The status of an answer that finds fault with what was written. */
const REFUSED = 422;

/** No answer of the server's came, so it may have acted. Who is not signed in any more is told so. */
const isUnknown = (error: Problem) => !isFinal(error) && error.status !== 401;

function askLater(bookingId: string, wish: Wish, leaveAlone: number): void {
	const delay = RETRY_DELAYS[Math.min(wish.failures, RETRY_DELAYS.length - 1)] ?? 0;
	wish.failures += 1;
	wish.notBefore = timing.elapsed() + leaveAlone;
	wish.cancelRetry();
	wish.cancelRetry = timing.after(
		Math.max(delay, leaveAlone),
		() => void askAgain(bookingId, wish),
	);
	show(bookingId, { action: wish.action, isOverdue: true });
}

async function askAgain(bookingId: string, wish: Wish): Promise<void> {
	if (wish.isAsking) return;
	wish.isAsking = true;
	wish.cancelRetry();
	const { action, reason } = wish;
	const answer = await askFor(bookingId, wish);
	const isNewest = wishes.get(bookingId) === wish;
	const result = settle(bookingId, wish, answer);
	if (!isNewest || owner.peek() !== wish.whose || action !== "cancel" || !reason) return;
	if (result.ok || result.error.status !== REFUSED) return;
	refused.value = new Map(refused.peek()).set(bookingId, { reason, problem: result.error });
}

function end(bookingId: string): void {
	wishes.get(bookingId)?.cancelRetry();
	wishes.delete(bookingId);
	show(bookingId, null);
}

function show(bookingId: string, state: Unsettled | null): void {
	const next = new Map(shown.peek());
	if (state) next.set(bookingId, state);
	else if (!next.delete(bookingId)) return;
	shown.value = next;
}

function isBooking(value: unknown): value is Booking {
	return typeof value === "object" && value !== null && "bookingId" in value && "version" in value;
}

owner.subscribe(() => {
	for (const bookingId of [...wishes.keys()]) end(bookingId);
	refused.value = new Map();
});

whenReachable(() => {
	for (const [bookingId, wish] of wishes) {
		if (wish.failures === 0) continue;
		// What is being asked began before the connection was back: if it fails, the next attempt follows soon.
		wish.failures = 1;
		if (wish.notBefore <= timing.elapsed()) void askAgain(bookingId, wish);
	}
});
