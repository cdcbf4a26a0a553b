/** One message on its way, as every store of this device holds it. Also for the service worker, which has no localStorage. */
import { type Problem, readProblem } from "../net/problem";
import { count, type Fields, isFields, stamp, text } from "./decode";

/** The number itself is never here: the server takes it from the account. */
export interface CardToSend {
	bookingId: string;
	bank: string;
	holder: string;
	masked: string;
}

/** A message that the server has not answered yet, or has refused. */
export interface OutboxEntry {
	clientId: string;
	conversationId: string;
	/** Empty for a payment card. */
	text: string;
	/** A payment card in place of a text: for which booking, and what stands on it as far as this device knows. */
	card?: CardToSend | undefined;
	/** Device time (ms), for people only: a clock can be set back. */
	writtenAt: number;
	/** Its place among what waits on this device, in all tabs and over reloads. */
	place: number;
	/** Why the server refused it; null while it is to be sent. */
	refusal: Problem | null;
}

/** Two tabs that wrote in the same instant have the same place: then any order is right, but it stays the same. */
export function inOrder(one: OutboxEntry, other: OutboxEntry): number {
	return one.place - other.place || (one.clientId < other.clientId ? -1 : 1);
}

/**
 * The entry that was stored under `clientId`; null where its text or its conversation is lost. An id that was damaged
 * must not make a second message: the one in the key is the one that was sent. `now` stands in for a lost time.
 */
export function entryFrom(
	clientId: string,
	stored: Fields | null,
	now: number,
): OutboxEntry | null {
	const conversationId = text(stored?.conversationId);
	const written = text(stored?.text);
	const card = cardFrom(stored?.card);
	if (!stored || !conversationId || !(written || card)) return null;
	return {
		clientId,
		conversationId,
		text: written,
		...(card && { card }),
		writtenAt: stamp(stored.writtenAt) ?? now,
		place: count(stored.place),
		refusal: refusalFrom(stored.refusal),
	};
}

/** Null when it is not known for which booking: then the text, if there is one, is what was written. */
function cardFrom(stored: unknown): CardToSend | null {
	const bookingId = isFields(stored) ? text(stored.bookingId) : "";
	if (!isFields(stored) || !bookingId) return null;
	const [bank, holder, masked] = [text(stored.bank), text(stored.holder), text(stored.masked)];
	return { bookingId, bank, holder, masked };
}

/** A refusal that cannot be read is asked for again: the server refuses the same text in the same way. */
function refusalFrom(stored: unknown): Problem | null {
	return isFields(stored) ? readProblem(stored, count(stored.status), null) : null;
}
