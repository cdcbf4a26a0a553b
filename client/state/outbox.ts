/** Messages on their way: in order for each conversation, each until the server has answered it. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { sendOutgoing } from "../net/outgoing";
import { done, isFinal, type Problem } from "../net/problem";
import type { Booking, Conversation } from "../net/types";
import type { Owner } from "../storage/keys";
import { messageLock } from "../storage/news";
import type { OutboxEntry } from "../storage/outboxEntry";
import { answeredTo } from "./appeals";
import { askForSync, whenTold } from "./device";
import { api, timing } from "./engine";
import { learn, whenReachable } from "./live";
import { withLock } from "./locks";
import {
	addEntry,
	changeEntry,
	dropEntry,
	nextEntry,
	outbox,
	restoreEntries,
	whenOtherTabWrites,
} from "./outboxEntries";
import { doubtSession, owner } from "./session";

export { dropEntry, outbox } from "./outboxEntries";

/** Milliseconds between attempts; the last one repeats. Being reachable again cuts any of them short. */
const RETRY_DELAYS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** A message that another tab wrote and has not sent after so many milliseconds is sent by this one too. */
const TAKE_OVER = 5_000;
/** A lock that nobody holds is given within so many milliseconds. */
const AT_ONCE = 5;

/** Conversations whose next message had no answer: what stands there waits for the connection. */
const stalled = signal<ReadonlySet<string>>(new Set());

interface Drain {
	isSending: boolean;
	/** Something came while it was busy ending. */
	isAskedAgain: boolean;
	/** Ends the wait for another tab that is sending. */
	leaves: AbortController;
	failures: number;
	/** The server asked to be left alone until then (`timing.elapsed()`). */
	notBefore: number;
	cancelRetry: () => void;
}

const drains = new Map<string, Drain>();

export const stalledConversations: ReadonlySignal<ReadonlySet<string>> = stalled;

/** Takes a message over; it leaves only with the server's answer. The id it has from now on, at the server too. */
export function enqueue(
	conversationId: string,
	content: Pick<OutboxEntry, "text" | "card">,
): string {
	const { clientId } = addEntry(conversationId, content);
	void drain(conversationId, false);
	return clientId;
}

/** Sends a refused message again, after what stands before it. */
export function sendAgain(clientId: string): void {
	const entry = outbox.peek().find((held) => held.clientId === clientId);
	if (!entry) return;
	changeEntry({ ...entry, refusal: null });
	void drain(entry.conversationId);
}

function drainOf(conversationId: string): Drain {
	const known = drains.get(conversationId);
	if (known) return known;
	const made: Drain = {
		isSending: false,
		isAskedAgain: false,
		leaves: new AbortController(),
		failures: 0,
		notBefore: Number.NEGATIVE_INFINITY,
		cancelRetry() {},
	};
	drains.set(conversationId, made);
	return made;
}

/** Sends what waits in a conversation, one after the other, while no other tab and not the worker does. */
async function drain(conversationId: string, looksAround = true): Promise<void> {
	const whose = owner.peek();
	const state = drainOf(conversationId);
	if (state.isSending) state.isAskedAgain = true;
	if (whose === null || state.isSending || isToWait(state)) return;
	state.cancelRetry();
	state.isSending = true;
	do {
		state.isAskedAgain = false;
		const askedAt = timing.elapsed();
		await withLock(messageLock(whose, conversationId), state.leaves.signal, async () => {
			// What held the lock meanwhile has sent something.
			const hadToWait = timing.elapsed() - askedAt > AT_ONCE;
			await sendInTurn(conversationId, state, looksAround || hadToWait);
			return done(null);
		});
	} while (state.isAskedAgain && isCurrent(conversationId, state) && !isToWait(state));
	state.isSending = false;
}

async function sendInTurn(
	conversationId: string,
	state: Drain,
	looksAround: boolean,
): Promise<void> {
	let isGoingOn = true;
	let isFirst = true;
	while (isGoingOn && isCurrent(conversationId, state)) {
		const next = await nextEntry(conversationId, looksAround && isFirst);
		isFirst = false;
		isGoingOn = next !== undefined && isCurrent(conversationId, state);
		if (next && isGoingOn) isGoingOn = await sendOne(next, state);
	}
}

/** Whether the server asked to be left alone. */
const isToWait = ({ notBefore }: Drain) => notBefore > timing.elapsed();

/** Whether it still sends for the person at this device. */
const isCurrent = (conversationId: string, state: Drain) => drains.get(conversationId) === state;

/** Whether the next message may follow. */
async function sendOne(entry: OutboxEntry, state: Drain): Promise<boolean> {
	const { conversationId, clientId } = entry;
	const whose = owner.peek();
	const result = await sendOutgoing(api, entry);
	if (owner.peek() !== whose) return false;
	answeredTo(textOf(entry), result);
	if (result.ok || isFinal(result.error)) {
		state.failures = 0;
		setStalled(conversationId, false);
	}
	if (result.ok) {
		batch(() => {
			learn({ type: "message", data: result.value });
			dropEntry(clientId, result.value);
		});
		return true;
	}
	if (isFinal(result.error) && (await isMeant(result.error, whose))) {
		if (owner.peek() === whose) refuse(entry, result.error);
		return owner.peek() === whose;
	}
	doubtSession(result.error);
	setStalled(conversationId, true);
	state.isAskedAgain = false;
	void askForSync();
	retryLater(conversationId, state, result.error.retryAfter ?? 0);
	return false;
}

/** Somebody else may have signed in in another tab a moment ago: to that person the chat does not exist. */
async function isMeant({ status }: Problem, whose: Owner | null): Promise<boolean> {
	if (status !== 403 && status !== 404) return true;
	const session = await api.session();
	return session.ok && session.value.user?.id === whose;
}

const textOf = ({ text, conversationId }: Pick<OutboxEntry, "text" | "conversationId">) =>
	({ kind: "message", text, conversationId }) as const;

function retryLater(conversationId: string, state: Drain, leaveAlone: number): void {
	const delay = RETRY_DELAYS[Math.min(state.failures, RETRY_DELAYS.length - 1)] ?? 0;
	state.failures += 1;
	state.notBefore = timing.elapsed() + leaveAlone;
	drainAfter(Math.max(delay, leaveAlone), conversationId, state);
}

function drainAfter(wait: number, conversationId: string, state: Drain): void {
	state.cancelRetry();
	state.cancelRetry = timing.after(wait, () => {
		// The timer has waited; a clock of coarse grain must not send it away without another one.
		state.notBefore = Number.NEGATIVE_INFINITY;
		void drain(conversationId);
	});
}

function refuse(entry: OutboxEntry, refusal: Problem): void {
	changeEntry({ ...entry, refusal });
	const { code, current } = refusal;
	if (code === "chat_closed" && current) {
		learn({ type: "conversation", data: current as Conversation });
	} else if (code === "booking_state" && current) {
		learn({ type: "booking", data: current as Booking });
	}
}

function setStalled(conversationId: string, isStalled: boolean): void {
	if (stalled.peek().has(conversationId) === isStalled) return;
	const next = new Set(stalled.peek());
	if (isStalled) next.add(conversationId);
	else next.delete(conversationId);
	stalled.value = next;
}

function drainAll(): void {
	for (const id of new Set(outbox.peek().map(({ conversationId }) => conversationId))) {
		void drain(id);
	}
}

owner.subscribe((whose) => {
	for (const { cancelRetry, leaves } of drains.values()) {
		cancelRetry();
		leaves.abort();
	}
	drains.clear();
	stalled.value = new Set();
	const restored = restoreEntries(whose);
	drainAll();
	void restored.then(drainAll);
});

// Another tab or the worker has sent it: then it is in the thread here too, without a moment of being nowhere.
whenTold((news) => {
	if (news.type !== "removed" || !news.sent || news.owner !== owner.peek()) return;
	const { sent } = news;
	answeredTo(textOf({ text: sent.message, conversationId: sent.conversationId }), done(sent));
	learn({ type: "message", data: sent });
});

addEventListener("focus", drainAll);
// What is still on its way when the page goes is the worker's to send.
document.addEventListener("visibilitychange", () => {
	if (document.hidden && outbox.peek().some(({ refusal }) => !refusal)) void askForSync();
});

whenReachable(() => {
	// What is being sent began before the connection was back: if it fails, the next attempt follows soon.
	for (const state of drains.values()) state.failures = 0;
	drainAll();
});

whenOtherTabWrites((conversationId) => {
	const state = drainOf(conversationId);
	// What failed here has its timer already.
	if (!state.isSending && state.failures === 0) drainAfter(TAKE_OVER, conversationId, state);
});
