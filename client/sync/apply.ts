import type { Booking, Conversation, Mark, Message, Notification, StreamEvent } from "../net/types";
import { type Facts, NAMELESS, withEntry } from "./facts";

/** A server fact outside the stream: the answer to a request, or an item of a list. */
export type Answer =
	| { type: "booking"; data: Booking }
	| { type: "conversation"; data: Conversation }
	| { type: "message"; data: Message }
	/** The newest page of a conversation. */
	| { type: "newest"; data: { conversationId: string; items: readonly Message[] } }
	| { type: "notification"; data: Notification };

export type Fact = StreamEvent | Answer;

/**
 * The only way server facts enter the state. Pure; applying a fact twice, or facts in any order, gives the same
 * state: of a booking and a conversation the highest version stays, a message has one place (its `seq`) and
 * a card on it only gets old, marks only rise, an acknowledgement is never taken back. A type this version does not know changes nothing.
 */
export function apply(facts: Facts, fact: Fact): Facts {
	switch (fact.type) {
		case "booking":
		case "booking.created":
		case "booking.changed":
			return { ...facts, bookings: withBooking(facts.bookings, fact.data) };
		case "conversation":
		case "conversation.opened":
		case "conversation.closed":
			return applyConversation(facts, fact.data);
		case "conversation.marks":
			return { ...facts, marks: withMarks(facts.marks, fact.data.conversationId, fact.data.marks) };
		case "message":
		case "message.created":
		case "message.changed":
			return { ...facts, messages: withMessage(facts.messages, fact.data) };
		case "newest":
			return applyNewest(facts, fact.data.conversationId, fact.data.items);
		case "notification":
		case "notification.created":
		case "notification.acknowledged":
			return { ...facts, notifications: withNotification(facts.notifications, fact.data) };
		case "draft.changed": {
			const { therapistId, version } = fact.data;
			const newest = Math.max(version, facts.drafts.get(therapistId) ?? 0);
			return { ...facts, drafts: withEntry(facts.drafts, therapistId, newest) };
		}
		default:
			return facts;
	}
}

/** `facts` with every fact applied, in the order given. One that cannot be read is passed over: it must not stop the rest. */
export function applyAll(facts: Facts, more: readonly Fact[]): Facts {
	return more.reduce((known, fact) => {
		try {
			return apply(known, fact);
		} catch {
			return known;
		}
	}, facts);
}

function withBooking(bookings: Facts["bookings"], next: Booking): Facts["bookings"] {
	const id = (typeof next.bookingId === "string" && next.bookingId) || NAMELESS;
	const known = bookings.get(id);
	if (known && next.version < known.version) return bookings;
	// Events leave the customer's private fields out; what her own answers said about them stays true.
	const merged = known && id !== NAMELESS ? { ...privateFields(known), ...next } : next;
	const filed = new Map(bookings).set(id, merged);
	if (bookings.get(NAMELESS)?.conversationId === next.conversationId && id !== NAMELESS) {
		filed.delete(NAMELESS);
	}
	return filed;
}

function privateFields({ address, customerWhatsApp }: Booking): Partial<Booking> {
	return {
		...(address !== undefined && { address }),
		...(customerWhatsApp !== undefined && { customerWhatsApp }),
	};
}

function applyConversation(facts: Facts, next: Conversation): Facts {
	const known = facts.conversations.get(next.id);
	const newest = known && !isNewer(next, known) ? known : next;
	return {
		...facts,
		conversations: withEntry(facts.conversations, next.id, newest),
		marks: withMarks(facts.marks, next.id, next.marks),
		heads: withHead(facts.heads, next.id, next.lastMessage),
		messages: next.lastMessage ? withMessage(facts.messages, next.lastMessage) : facts.messages,
	};
}

function applyNewest(facts: Facts, conversationId: string, items: readonly Message[]): Facts {
	return {
		...facts,
		heads: withHead(facts.heads, conversationId, items.at(-1)),
		opened: new Set([...facts.opened, conversationId]),
		messages: items.reduce(withMessage, facts.messages),
	};
}

/** Whatever was the newest at some moment since the stream began: what came after it is in the stream. */
function withHead(
	heads: Facts["heads"],
	conversationId: string,
	newest: Message | null | undefined,
): Facts["heads"] {
	const known = heads.get(conversationId) ?? Number.POSITIVE_INFINITY;
	return withEntry(heads, conversationId, Math.min(newest?.seq ?? 0, known));
}

/** A new message changes `lastMessage` and `unreadCount` without a new version of the conversation. */
function isNewer(next: Conversation, known: Conversation): boolean {
	if (next.version !== known.version) return next.version > known.version;
	const later = (next.lastMessage?.seq ?? 0) - (known.lastMessage?.seq ?? 0);
	// Up to the same message, reading can only lower the count.
	return later > 0 || (later === 0 && next.unreadCount < known.unreadCount);
}

function withMarks(
	marks: Facts["marks"],
	conversationId: string,
	more: readonly Mark[],
): Facts["marks"] {
	const merged = new Map((marks.get(conversationId) ?? []).map((mark) => [mark.role, mark]));
	for (const mark of more) {
		const known = merged.get(mark.role);
		merged.set(mark.role, {
			role: mark.role,
			deliveredSeq: Math.max(mark.deliveredSeq, known?.deliveredSeq ?? 0),
			readSeq: Math.max(mark.readSeq, known?.readSeq ?? 0),
		});
	}
	const sorted = [...merged.values()].sort((a, b) => (a.role < b.role ? -1 : 1));
	return withEntry(marks, conversationId, sorted);
}

function withMessage(messages: Facts["messages"], next: Message): Facts["messages"] {
	const known = messages.get(next.conversationId) ?? [];
	let at = known.length;
	while (at > 0 && (known[at - 1]?.seq ?? 0) > next.seq) at--;
	if (known[at - 1]?.seq === next.seq) {
		const isNews = isOutdated(next) && !isOutdated(known[at - 1]);
		return isNews ? withEntry(messages, next.conversationId, known.with(at - 1, next)) : messages;
	}
	return withEntry(messages, next.conversationId, [
		...known.slice(0, at),
		next,
		...known.slice(at),
	]);
}

/** The one thing about a message that changes, and only in this direction. What is kept from before has no card. */
const isOutdated = (message: Message | undefined) => message?.paymentCard?.isOutdated === true;

function withNotification(
	notifications: Facts["notifications"],
	next: Notification,
): Facts["notifications"] {
	const known = notifications.get(next.id);
	const stays =
		known && (known.acknowledgedAt || (!next.acknowledgedAt && known.level >= next.level));
	return stays ? notifications : withEntry(notifications, next.id, next);
}
