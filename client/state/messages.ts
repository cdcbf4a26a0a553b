import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { isFinal, type Problem } from "../net/problem";
import { retryDelay } from "../net/timing";
import type { Message } from "../net/types";
import { readTyped, writeTyped } from "../storage/outbox";
import type { Facts } from "../sync/facts";
import { shownRun } from "../sync/history";
import { type ChatMessage, sentLine, unsentLine } from "./chatLines";
import { serverNow } from "./clock";
import { conversation } from "./conversations";
import { api, timing } from "./engine";
import { facts, onFacts } from "./facts";
import { isVisible } from "./freeText";
import { epoch, learn, notOlder, whenReachable } from "./live";
import { dropEntry, enqueue, outbox, sendAgain } from "./outbox";
import { owner } from "./session";
import { typedOut } from "./typing";

export type { ChatMessage, DeliveryState } from "./chatLines";

/** Longest message in characters, as the server counts them. */
export const MESSAGE_LENGTH = 2_000;
const PAGE = 50;
/** What the contact filter looks back on, as app/domain/chat.py has it. */
const RECENT_MESSAGES = 10;
const RECENT_TIME = 10 * 60_000;

export interface Thread {
	/** `loading` and `failed` are about the newest page; messages already known are there in every case. */
	status: "loading" | "ready" | "failed";
	error: Problem | null;
	/** By number, then own ones that are not sent yet in the order they were written. */
	messages: readonly ChatMessage[];
	hasOlder: boolean;
	isLoadingOlder: boolean;
}

interface Loading {
	status: Thread["status"];
	error: Problem | null;
	isLoadingOlder: boolean;
}

const loadings = signal<ReadonlyMap<string, Loading>>(new Map());
const typed = signal<ReadonlyMap<string, string>>(new Map());
const notLoaded: Loading = { status: "loading", error: null, isLoadingOlder: false };

function setLoading(conversationId: string, change: Partial<Loading>): void {
	const before = loadings.peek().get(conversationId) ?? notLoaded;
	loadings.value = new Map(loadings.peek()).set(conversationId, { ...before, ...change });
}

/** The messages of a conversation as they are to be shown. */
export function thread(conversationId: string): ReadonlySignal<Thread> {
	const room = conversation(conversationId);
	const shown = computed(() => shownMessages(facts.value, conversationId));
	return computed(() => {
		const loading = loadings.value.get(conversationId) ?? notLoaded;
		const run = shown.value;
		const unsent = outbox.value.filter((entry) => entry.conversationId === conversationId);
		const messages = [
			...run.map((message) => sentLine(message, room.value)),
			...unsent.map((entry) => unsentLine(entry)),
		];
		return { ...loading, messages, hasOlder: (run[0]?.seq ?? 1) > 1 };
	});
}

function shownMessages(known: Facts, conversationId: string): readonly Message[] {
	const head = known.heads.get(conversationId) ?? Number.POSITIVE_INFINITY;
	return shownRun(known.messages.get(conversationId) ?? [], head);
}

/**
 * What the person said here lately and what still waits to be sent, oldest first: what a next message may complete. The
 * last digits on a payment card, masked by us, are no piece of a number that somebody splits.
 */
export function recentlySaid(conversationId: string): string[] {
	const role = conversation(conversationId).peek()?.ownRole;
	const since = serverNow() - RECENT_TIME;
	const said: string[] = [];
	for (const { senderRole, messageType, createdAt, message } of [
		...shownMessages(facts.peek(), conversationId),
	].reverse()) {
		if (said.length === RECENT_MESSAGES || Date.parse(createdAt) <= since) break;
		if (senderRole === role && messageType === "text") said.unshift(message);
	}
	const waiting = outbox
		.peek()
		.filter((entry) => entry.conversationId === conversationId && !entry.refusal && !entry.card)
		.map(({ text }) => text);
	return [...said, ...waiting].slice(-RECENT_MESSAGES);
}

/** Calls `act` with each message that comes from now on, in order; what is returned ends it. */
export function eachNewMessage(
	conversationId: string,
	act: (message: Message) => void,
): () => void {
	const newestOf = (known: Facts) => known.messages.get(conversationId)?.at(-1)?.seq ?? null;
	return onFacts((next, before) => {
		const last = newestOf(before);
		// What a chat is opened with is no news; it is kept as a whole.
		if (last === null || newestOf(next) === last) return;
		for (const message of next.messages.get(conversationId) ?? []) {
			if (message.seq > last) act(message);
		}
	});
}

const begun = new Set<string>();

/** Fetches the newest page while the chat is still being opened; `openThread` does not fetch it again. */
export function beginThread(conversationId: string): void {
	begun.add(conversationId);
	void loadMessages(conversationId);
}

/** The chat is on the screen: its newest page is fetched, unless it was begun with. */
export function openThread(conversationId: string): void {
	if (!begun.delete(conversationId)) void loadMessages(conversationId);
}

/** Fetches the newest page. Call it when the chat opens; it is fetched again by itself after a reset or a failure. */
export async function loadMessages(conversationId: string): Promise<void> {
	setLoading(conversationId, { status: "loading", error: null });
	const whose = owner.peek();
	const result = await notOlder(() => api.messages(conversationId, null, PAGE));
	if (owner.peek() !== whose) return;
	if (result.ok) learn({ type: "newest", data: { conversationId, items: result.value.items } });
	setLoading(
		conversationId,
		result.ok ? { status: "ready" } : { status: "failed", error: result.error },
	);
	if (result.ok) failures.delete(conversationId);
	else if (!isFinal(result.error)) retryLater(conversationId, result.error.retryAfter ?? 0);
}

/** Failures in a row. No return of the connection comes to the help of a page that was lost on a line that stayed. */
const failures = new Map<string, number>();

function retryLater(conversationId: string, leaveAlone: number): void {
	const count = (failures.get(conversationId) ?? 0) + 1;
	failures.set(conversationId, count);
	const whose = owner.peek();
	timing.after(Math.max(retryDelay(count), leaveAlone), () => {
		const isStill = loadings.peek().get(conversationId)?.status === "failed";
		if (isStill && owner.peek() === whose) void loadMessages(conversationId);
	});
}

/** Fetches the page before the oldest message shown. Null, or why it could not be fetched. */
export async function loadOlder(conversationId: string): Promise<Problem | null> {
	const oldest = shownMessages(facts.peek(), conversationId)[0]?.seq ?? 1;
	if (oldest <= 1 || loadings.peek().get(conversationId)?.isLoadingOlder) return null;
	setLoading(conversationId, { isLoadingOlder: true });
	const whose = owner.peek();
	const result = await api.messages(conversationId, oldest, PAGE);
	if (owner.peek() !== whose) return null;
	if (result.ok) learn(...result.value.items.map(asFact));
	setLoading(conversationId, { isLoadingOlder: false });
	return result.ok ? null : result.error;
}

/** Sends a message: it is in the thread at once, and goes out when it can. Its key, or null where there is nothing to see. */
export function send(conversationId: string, text: string): string | null {
	const message = text.trim();
	if (!isVisible(message)) return null;
	typedOut(conversationId);
	return enqueue(conversationId, { text: message });
}

/** Sends a failed message again. */
export const retry = (key: string): void => sendAgain(key);
/** Removes a message that was not sent. */
export const discard = (key: string): void => dropEntry(key);

/** What is typed in a conversation and not sent; it survives a reload. */
export function typedText(conversationId: string): string {
	const whose = owner.value;
	return (
		typed.value.get(conversationId) ?? (whose === null ? "" : readTyped(whose, conversationId))
	);
}

export function setTypedText(conversationId: string, text: string): void {
	typed.value = new Map(typed.peek()).set(conversationId, text);
	const whose = owner.peek();
	if (whose !== null) writeTyped(whose, conversationId, text);
}

const asFact = (data: Message) => ({ type: "message", data }) as const;

function loadAgain(which: (loading: Loading) => boolean): void {
	for (const [conversationId, loading] of loadings.peek()) {
		if (which(loading)) void loadMessages(conversationId);
	}
}

// What was loaded before the facts were replaced went with them.
epoch.subscribe(() => loadAgain(({ status }) => status !== "loading"));
whenReachable(() => loadAgain(({ status }) => status === "failed"));
owner.subscribe(() => {
	loadings.value = new Map();
	typed.value = new Map();
});
