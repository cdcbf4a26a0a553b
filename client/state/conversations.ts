import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { done, isFinal, type Result } from "../net/problem";
import { retryDelay } from "../net/timing";
import type { Conversation, Mark, MemberRole, Message } from "../net/types";
import { api, timing } from "./engine";
import { facts } from "./facts";
import { learn, whenReachable } from "./live";
import { owner, user } from "./session";

/** A conversation as it stands now: its marks, unread count and last message follow the stream. */
export interface ConversationView extends Conversation {
	/** Which side the person at this device is. */
	ownRole: MemberRole;
	/** How far the person has read, on any device or just now on this one. */
	ownReadSeq: number;
}

const known = computed(() => facts.value.conversations);
const marks = computed(() => facts.value.marks);
const messages = computed(() => facts.value.messages);
/** What was read on this device and may not have reached the server yet. */
const readHere = signal<ReadonlyMap<string, number>>(new Map());

/** All conversations of the person, the most recently active first. */
export const conversations: ReadonlySignal<readonly ConversationView[]> = computed(() =>
	[...known.value.keys()]
		.map((id) => viewOf(id))
		.filter((view) => view !== null)
		.sort((one, other) => activityOf(other) - activityOf(one)),
);

/** How many messages in all conversations are unread. */
export const unreadTotal: ReadonlySignal<number> = computed(() =>
	conversations.value.reduce((total, { unreadCount }) => total + unreadCount, 0),
);

/** One conversation, or null while it is not known. */
export function conversation(conversationId: string): ReadonlySignal<ConversationView | null> {
	return computed(() => viewOf(conversationId));
}

/** Fetches one conversation; `not_found` if the person is not in it. */
export async function loadConversation(conversationId: string): Promise<Result<Conversation>> {
	const whose = owner.peek();
	const result = await api.conversation(conversationId);
	if (result.ok && owner.peek() === whose) learn({ type: "conversation", data: result.value });
	return result;
}

/** Everything up to `seq` was seen by the person. Sent again until the server knows. */
export async function markRead(conversationId: string, seq: number): Promise<Result<null>> {
	const view = viewOf(conversationId);
	if (!view || seq <= view.ownReadSeq) return done(null);
	readHere.value = new Map(readHere.peek()).set(conversationId, seq);
	return tellRead(conversationId, seq);
}

async function tellRead(conversationId: string, seq: number): Promise<Result<null>> {
	const whose = owner.peek();
	const result = await api.markRead(conversationId, seq);
	if (owner.peek() !== whose) return done(null);
	if (result.ok) learn({ type: "conversation", data: result.value });
	if (result.ok || isFinal(result.error)) {
		endRetry(conversationId);
		forgetRead(conversationId, seq);
	} else retryLater(conversationId, result.error.retryAfter ?? 0);
	return result.ok ? done(null) : result;
}

/** Marks that had no answer are told again until the server knows, with all that was read meanwhile. */
const retries = new Map<string, { failures: number; cancel: () => void }>();

function retryLater(conversationId: string, leaveAlone: number): void {
	const before = retries.get(conversationId);
	before?.cancel();
	const failures = (before?.failures ?? 0) + 1;
	const cancel = timing.after(Math.max(retryDelay(failures), leaveAlone), () => {
		const seq = readHere.peek().get(conversationId);
		if (seq !== undefined) void tellRead(conversationId, seq);
	});
	retries.set(conversationId, { failures, cancel });
}

function endRetry(conversationId: string): void {
	retries.get(conversationId)?.cancel();
	retries.delete(conversationId);
}

function forgetRead(conversationId: string, seq: number): void {
	if (readHere.peek().get(conversationId) !== seq) return;
	const rest = new Map(readHere.peek());
	rest.delete(conversationId);
	readHere.value = rest;
}

function viewOf(id: string): ConversationView | null {
	const conversation = known.value.get(id);
	if (!conversation) return null;
	const held = messages.value.get(id) ?? [];
	const ownMarks = marks.value.get(id) ?? [];
	const ownRole = roleIn(conversation);
	const told = ownMarks.find(({ role }) => role === ownRole)?.readSeq ?? 0;
	const ownReadSeq = Math.max(told, readHere.value.get(id) ?? 0);
	return {
		...conversation,
		ownRole,
		ownReadSeq,
		marks: [...ownMarks] satisfies Mark[],
		lastMessage: held.at(-1) ?? conversation.lastMessage,
		unreadCount: unreadIn(conversation, held, ownRole, ownReadSeq),
	};
}

function roleIn({ therapistId }: Conversation): MemberRole {
	return user.value?.therapistId === therapistId ? "therapist" : "customer";
}

/**
 * What the server counted up to the last message it counted, as far as it is still unread, and what came since.
 * Derived from facts that only grow, so it is the same in whatever order they came.
 */
function unreadIn(
	{ unreadCount, lastMessage }: Conversation,
	held: readonly Message[],
	ownRole: MemberRole,
	readSeq: number,
): number {
	const countedTo = lastMessage?.seq ?? 0;
	const counted = Math.min(unreadCount, Math.max(0, countedTo - readSeq));
	const since = Math.max(countedTo, readSeq);
	let unread = counted;
	// From the end: of a long chat only what is new is looked at.
	for (let at = held.length - 1; at >= 0 && (held[at]?.seq ?? 0) > since; at--) {
		if (held[at]?.senderRole !== ownRole) unread += 1;
	}
	return unread;
}

function activityOf({ lastMessage, expiresAt }: ConversationView): number {
	return Date.parse(lastMessage?.createdAt ?? expiresAt ?? "") || 0;
}

owner.subscribe(() => {
	for (const conversationId of retries.keys()) endRetry(conversationId);
	readHere.value = new Map();
});

whenReachable(() => {
	for (const [conversationId, seq] of readHere.peek()) void tellRead(conversationId, seq);
});
