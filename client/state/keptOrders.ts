/** Orders that nothing answered: they stay on the device and go out by themselves, unless a person must be asked. */
import { isFinal, type Problem } from "../net/problem";
import type { BookingRequest } from "../net/types";
import { isStale } from "../storage/attempts";
import { isFromElsewhere } from "../storage/handOver";
import { NOBODY_YET, type Owner } from "../storage/keys";
import { serverNow } from "./clock";
import { askForSync, whenTold } from "./device";
import { timing } from "./engine";
import { whenReachable } from "./live";
import { orderedAsGuest, sendOrder } from "./order";
import { toldOfOrder, whenOrderFound } from "./orderCopies";
import { doubtSession, hasSeenAnybody, loadSession, owner, user } from "./session";
import { booked, idle, shownSubmissions, showSubmission, type UnsentBooking } from "./submissions";
import { holdAttempt, isAttemptOnDevice, readAttempt, waitingAttempts } from "./submitAttempts";

/** R3: first after four seconds, then more patiently; and at once whenever the server can be reached again. */
const RETRY_DELAYS = [4_000, 8_000, 16_000, 30_000];

interface Retry {
	failures: number;
	cancel: () => void;
	isTrying: boolean;
	/** The server asked to be left alone until then (`timing.elapsed()`). */
	notBefore: number;
}

const retries = new Map<string, Retry>();

/** Keeps an order that could not be sent, and tries it again later. */
export function keepOrder(
	therapistId: string,
	order: BookingRequest,
	problem: Problem | null,
): void {
	const retry = retries.get(therapistId) ?? {
		failures: 0,
		cancel() {},
		isTrying: false,
		notBefore: 0,
	};
	retries.set(therapistId, retry);
	const ladder = RETRY_DELAYS[Math.min(retry.failures, RETRY_DELAYS.length - 1)] ?? 0;
	const delay = Math.max(ladder, problem?.retryAfter ?? 0);
	retry.failures += 1;
	retry.notBefore = timing.elapsed() + (problem?.retryAfter ?? 0);
	retry.cancel();
	retry.cancel = timing.after(delay, () => void tryKept(therapistId));
	void askForSync();
	showKept(therapistId, order, problem);
	doubtSession(problem);
}

/** Tries a kept order now. */
export function retryNow(therapistId: string): void {
	void tryKept(therapistId);
}

/** Leaves a kept order unsent; its details stay in the form. */
export function discardUnsent(therapistId: string): void {
	endRetries(therapistId);
	holdAttempt(therapistId);
	showSubmission(therapistId, idle);
}

/** Stops trying by itself: the person is sending, changing or leaving the order. */
export function endRetries(therapistId: string): void {
	retries.get(therapistId)?.cancel();
	retries.delete(therapistId);
}

async function tryKept(therapistId: string): Promise<void> {
	const retry = retries.get(therapistId);
	if (!retry || retry.isTrying) return;
	const attempt = readAttempt(therapistId);
	if (!attempt?.isWaiting) {
		endRetries(therapistId);
		return showSubmission(therapistId, idle);
	}
	const { order } = attempt;
	if (attempt.asksFirst) return askWhose(therapistId, order);
	retry.isTrying = true;
	const { isBooked } = await toldOfOrder(therapistId, attempt.key);
	retry.isTrying = false;
	if (retries.get(therapistId) !== retry) return;
	// What the worker sent in time is a booking, however late it is by now: its key only asks for the answer.
	if (!isBooked && isStale(attempt, timing.now(), serverNow())) {
		return ask(therapistId, { phase: "asking", order, why: "time_passed", problem: null });
	}
	retry.cancel();
	retry.isTrying = true;
	showKept(therapistId, order, null);
	const result = await sendOrder(therapistId, attempt, owner.peek());
	retry.isTrying = false;
	// Meanwhile the person may have pressed Send, changed the order, or signed out.
	if (retries.get(therapistId) !== retry) return;
	if (result.ok) {
		endRetries(therapistId);
		return booked(therapistId, result.value);
	}
	const problem = result.error;
	if (isFinal(problem)) {
		return ask(therapistId, { phase: "asking", order, why: "refused", problem });
	}
	keepOrder(therapistId, order, problem);
}

function ask(therapistId: string, question: UnsentBooking): void {
	endRetries(therapistId);
	holdAttempt(therapistId);
	showSubmission(therapistId, question);
}

/** It keeps waiting while it asks, over reloads too: nothing else would show that it is there. */
function askWhose(therapistId: string, order: BookingRequest): void {
	endRetries(therapistId);
	const question = { phase: "asking", order, why: "refused", problem: orderedAsGuest() } as const;
	showSubmission(therapistId, question);
}

function showKept(therapistId: string, order: BookingRequest, problem: Problem | null): void {
	const isKept = isAttemptOnDevice(therapistId);
	showSubmission(therapistId, { phase: "kept", order, problem, isKept });
}

let before: Owner | null = null;

/** Ends what belongs to another person, and takes up what waits on this device, also what a closed tab was sending. */
function resume(whose: Owner): void {
	// A guest who becomes known while sending keeps the order; its key is under the new owner already.
	const person = user.peek();
	const isGuestNow = before === NOBODY_YET && person && !isFromElsewhere(person);
	for (const therapistId of shownSubmissions()) {
		if (isGuestNow && readAttempt(therapistId)?.isBooked === false) continue;
		endRetries(therapistId);
		showSubmission(therapistId, idle);
	}
	// When a person left without being asked, no guest is made in their place behind anybody's back.
	takeUpWaiting(whose === NOBODY_YET && hasSeenAnybody());
}

function takeUpWaiting(isLeft: boolean): void {
	for (const therapistId of waitingAttempts()) {
		const attempt = readAttempt(therapistId);
		if (!attempt || shownSubmissions().includes(therapistId)) continue;
		if (attempt.asksFirst || isLeft) {
			askWhose(therapistId, attempt.order);
		} else {
			keepOrder(therapistId, attempt.order, null);
			void tryKept(therapistId);
		}
	}
}

owner.subscribe((whose) => {
	if (whose !== null) resume(whose);
	before = whose;
});

whenOrderFound(() => takeUpWaiting(false));

whenReachable(() => {
	for (const [therapistId, retry] of retries) {
		// What is being tried began before the connection was back: if it fails, the next attempt follows soon.
		retry.failures = 0;
		if (retry.notBefore <= timing.elapsed()) void tryKept(therapistId);
	}
});

// The worker has an answer, which is asked for once more under the same key; it may have made the guest for it too.
whenTold((news) => {
	if (news.type !== "order") return;
	if (owner.peek() === NOBODY_YET) void loadSession();
	else if (news.owner === owner.peek()) retryNow(news.therapistId);
});
