import type { Problem } from "../net/problem";
import type { Message, PaymentCard } from "../net/types";
import type { OutboxEntry } from "../storage/outboxEntry";
import type { ConversationView } from "./conversations";
import { stalledConversations } from "./outbox";
import { unkept } from "./outboxHeld";
import { user } from "./session";

/** Of an own message: `waiting` = kept on this device until the connection is back; `failed` = refused, text kept. */
export type DeliveryState = "sending" | "waiting" | "failed" | "sent" | "delivered" | "read";

export interface ChatMessage {
	/** The same from the first tap to the server's answer and after. */
	key: string;
	conversationId: string;
	/** Its number in the conversation; null until the server gave it one. */
	seq: number | null;
	own: boolean;
	sender: string;
	text: string;
	/** Milliseconds since the epoch. */
	at: number;
	kind: Message["messageType"];
	/** Null for the other person's messages. */
	state: DeliveryState | null;
	/** A payment card: what stands on it. */
	card: PaymentCard | null;
	/** False when it waits and is stored nowhere on this device: it lives as long as this page. */
	isKept: boolean;
	/** Why it was refused, when `failed`. */
	problem: Problem | null;
}

/** Each message's line as it was shown last: a chat of thousands is not made anew because one was added. */
const shown = new WeakMap<Message, ChatMessage>();

/** A message that the server holds, as it is to be shown in its room; the very same object while nothing about it changes. */
export function sentLine(message: Message, room: ConversationView | null): ChatMessage {
	const own = message.senderRole === room?.ownRole;
	const state = own ? deliveryOf(message, room) : null;
	const known = shown.get(message);
	if (known?.own === own && known.state === state) return known;
	const line = lineOf(message, own, state);
	shown.set(message, line);
	return line;
}

const lineOf = (message: Message, own: boolean, state: ChatMessage["state"]): ChatMessage => ({
	key: message.clientId || message.id,
	conversationId: message.conversationId,
	seq: message.seq,
	own,
	sender: message.senderName,
	text: message.message,
	at: Date.parse(message.createdAt),
	kind: message.messageType,
	// What an earlier version kept has none.
	card: message.paymentCard ?? null,
	state,
	isKept: true,
	problem: null,
});

function deliveryOf({ seq, isRead }: Message, room: ConversationView | null): DeliveryState {
	const other = room?.marks.find(({ role }) => role !== room.ownRole);
	if (isRead || (other && other.readSeq >= seq)) return "read";
	return other && other.deliveredSeq >= seq ? "delivered" : "sent";
}

/** A message that waits on this device, or was refused. */
export function unsentLine(entry: OutboxEntry): ChatMessage {
	const waits = stalledConversations.value.has(entry.conversationId);
	return {
		key: entry.clientId,
		conversationId: entry.conversationId,
		seq: null,
		own: true,
		sender: user.value?.displayName ?? "",
		text: entry.card?.masked ?? entry.text,
		at: entry.writtenAt,
		kind: entry.card ? "payment_card" : "text",
		card: entry.card ? { ...entry.card, cardId: "", isOutdated: false } : null,
		state: entry.refusal ? "failed" : waits ? "waiting" : "sending",
		isKept: !unkept.value.has(entry.clientId),
		problem: entry.refusal,
	};
}
