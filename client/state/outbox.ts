/** Messages on their way: in order for each conversation, each until the server has answered it. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { isFinal, type Problem } from "../net/problem";
import type { Conversation } from "../net/types";
import type { OutboxEntry } from "../storage/outbox";
import { api, timing } from "./engine";
import { learn, whenReachable } from "./live";
import {
	addEntry,
	changeEntry,
	dropEntry,
	nextEntry,
	outbox,
	restoreEntries,
	whenOtherTabWrites,
} from "./outboxEntries";
import { owner } from "./session";

export { dropEntry, outbox } from "./outboxEntries";

/** Milliseconds between attempts; the last one repeats. Being reachable again cuts any of them short. */
const RETRY_DELAYS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** A message that another tab wrote and has not sent after so many milliseconds is sent by this one too. */
const TAKE_OVER = 5_000;

/** Conversations whose next message had no answer: what stands there waits for the connection. */
const stalled = signal<ReadonlySet<string>>(new Set());

interface Drain {
	isSending: boolean;
	failures: number;
	/** The server asked to be left alone until then (`timing.elapsed()`). */
	notBefore: number;
	cancelRetry: () => void;
}

const drains = new Map<string, Drain>();

export const stalledConversations: ReadonlySignal<ReadonlySet<string>> = stalled;

/** Takes a message over; it leaves only with the server's answer. The id it has from now on, at the server too. */
export function enqueue(conversationId: string, text: string): string {
	const { clientId } = addEntry(conversationId, text);
	void drain(conversationId);
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
		failures: 0,
		notBefore: Number.NEGATIVE_INFINITY,
		cancelRetry() {},
	};
	drains.set(conversationId, made);
	return made;
}

async function drain(conversationId: string): Promise<void> {
	const state = drainOf(conversationId);
	if (state.isSending || state.notBefore > timing.elapsed()) return;
	state.cancelRetry();
	state.isSending = true;
	let isGoingOn = true;
	while (isGoingOn) {
		const next = nextEntry(conversationId);
		isGoingOn = next !== undefined && (await sendOne(next, state));
	}
	state.isSending = false;
}

/** Whether the next message may follow. */
async function sendOne(entry: OutboxEntry, state: Drain): Promise<boolean> {
	const { conversationId, clientId, text } = entry;
	const whose = owner.peek();
	const result = await api.sendMessage(conversationId, clientId, text);
	if (owner.peek() !== whose) return false;
	if (result.ok || isFinal(result.error)) {
		state.failures = 0;
		setStalled(conversationId, false);
	}
	if (result.ok) {
		batch(() => {
			learn({ type: "message", data: result.value });
			dropEntry(clientId);
		});
		return true;
	}
	if (isFinal(result.error)) {
		refuse(entry, result.error);
		return true;
	}
	setStalled(conversationId, true);
	retryLater(conversationId, state, result.error.retryAfter ?? 0);
	return false;
}

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
	if ((code === "chat_closed" || code === "chat_locked") && current) {
		learn({ type: "conversation", data: current as Conversation });
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
	for (const { conversationId } of outbox.peek()) void drain(conversationId);
}

owner.subscribe((whose) => {
	for (const { cancelRetry } of drains.values()) cancelRetry();
	drains.clear();
	stalled.value = new Set();
	restoreEntries(whose);
	drainAll();
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
