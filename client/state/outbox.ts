/** Messages on their way: in order for each conversation, each until the server has answered it. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { randomId } from "../net/ids";
import { isFinal, type Problem } from "../net/problem";
import type { Conversation } from "../net/types";
import { type OutboxEntry, readOutbox, removeEntry, writeEntry } from "../storage/outbox";
import { api, timing } from "./engine";
import { facts } from "./facts";
import { learn, whenReachable } from "./live";
import { owner } from "./session";

/** Milliseconds between attempts; the last one repeats. Being reachable again cuts any of them short. */
const RETRY_DELAYS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

const entries = signal<readonly OutboxEntry[]>([]);
/** Conversations whose next message had no answer: what stands there waits for the connection. */
const stalled = signal<ReadonlySet<string>>(new Set());

interface Drain {
	isSending: boolean;
	failures: number;
	/** The server asked to be left alone until then (device time, ms). */
	notBefore: number;
	cancelRetry: () => void;
}

const drains = new Map<string, Drain>();
let written = 0;

/** What was written on this device and is not known to be at the server, in the order it was written. */
export const outbox: ReadonlySignal<readonly OutboxEntry[]> = entries;
export const stalledConversations: ReadonlySignal<ReadonlySet<string>> = stalled;

/** Takes a message over; it leaves only with the server's answer. The id it has from now on, at the server too. */
export function enqueue(conversationId: string, text: string): string {
	written += 1;
	const entry: OutboxEntry = {
		clientId: randomId(),
		conversationId,
		text,
		writtenAt: timing.now(),
		place: written,
		refusal: null,
	};
	keep(entry);
	entries.value = [...entries.peek(), entry];
	void drain(conversationId);
	return entry.clientId;
}

/** Sends a refused message again, after what stands before it. */
export function sendAgain(clientId: string): void {
	const entry = entries.peek().find((held) => held.clientId === clientId);
	if (!entry) return;
	replace({ ...entry, refusal: null });
	void drain(entry.conversationId);
}

/** Removes a message that was not sent. */
export function dropEntry(clientId: string): void {
	const whose = owner.peek();
	if (whose !== null) removeEntry(whose, clientId);
	entries.value = entries.peek().filter((entry) => entry.clientId !== clientId);
}

function keep(entry: OutboxEntry): void {
	const whose = owner.peek();
	if (whose !== null) writeEntry(whose, entry);
}

function replace(entry: OutboxEntry): void {
	keep(entry);
	entries.value = entries.peek().map((old) => (old.clientId === entry.clientId ? entry : old));
}

function drainOf(conversationId: string): Drain {
	const known = drains.get(conversationId);
	if (known) return known;
	const made: Drain = { isSending: false, failures: 0, notBefore: 0, cancelRetry() {} };
	drains.set(conversationId, made);
	return made;
}

async function drain(conversationId: string): Promise<void> {
	const state = drainOf(conversationId);
	if (state.isSending || state.notBefore > timing.now()) return;
	state.cancelRetry();
	state.isSending = true;
	let isGoingOn = true;
	while (isGoingOn) {
		const next = entries
			.peek()
			.find((entry) => entry.conversationId === conversationId && !entry.refusal);
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
	const delay = RETRY_DELAYS[Math.min(state.failures, RETRY_DELAYS.length - 1)] ?? 0;
	state.failures += 1;
	setStalled(conversationId, true);
	state.notBefore = timing.now() + (result.error.retryAfter ?? 0);
	const wait = Math.max(delay, result.error.retryAfter ?? 0);
	state.cancelRetry = timing.after(wait, () => void drain(conversationId));
	return false;
}

function refuse(entry: OutboxEntry, refusal: Problem): void {
	replace({ ...entry, refusal });
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
	for (const { conversationId } of entries.peek()) void drain(conversationId);
}

/** A message whose answer was lost comes back as an event: then it is at the server. */
facts.subscribe(({ messages }) => {
	for (const { conversationId, clientId } of entries.peek()) {
		const isThere = messages.get(conversationId)?.some((sent) => sent.clientId === clientId);
		if (isThere) dropEntry(clientId);
	}
});

owner.subscribe((whose) => {
	for (const { cancelRetry } of drains.values()) cancelRetry();
	drains.clear();
	stalled.value = new Set();
	entries.value = whose === null ? [] : readOutbox(whose);
	drainAll();
});

whenReachable(drainAll);
