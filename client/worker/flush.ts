/** Sends what waits on this device when no page does: from the service worker, woken by Background Sync. */
import type { Api } from "../net/api";
import { sendOutgoing } from "../net/outgoing";
import { isFinal } from "../net/problem";
import { isStale } from "../storage/attempts";
import { messageLock, type NewsChannel, orderLock } from "../storage/news";
import {
	deleteEntry,
	noteOrder,
	putEntry,
	readEntries,
	readOrders,
	type WaitingOrder,
} from "../storage/outboxDatabase";
import type { OutboxEntry } from "../storage/outboxEntry";
import { NOBODY_YET, type Owner } from "../storage/owner";

export interface FlushParts {
	api: Api;
	/** Whatever is sent from now on is of this person, and refused with another's session. */
	speakFor(id: string | null): void;
	tell: NewsChannel["tell"];
	/** Runs `act` while no tab of this browser holds the lock. */
	withLock<Value>(name: string, act: () => Promise<Value>): Promise<Value>;
	/** Device time, ms. */
	now(): number;
}

/** R3: each attempt has ten seconds. */
const ATTEMPT_LIMIT = 10_000;

/**
 * Sends the orders and messages of whoever is signed in, with the keys the page gave them. False when some are to be
 * sent again later, because nothing answered; what was refused waits for the person.
 */
export async function flushOutbox(parts: FlushParts): Promise<boolean> {
	const session = await parts.api.session();
	if (!session.ok) return false;
	const serverNow = Date.parse(session.value.serverTime);
	const whose = session.value.user?.id ?? null;
	parts.speakFor(whose);
	const areSent = await sendOrders(parts, whose ?? NOBODY_YET, serverNow);
	if (whose === null) return areSent;
	const entries = await readEntries(whose, parts.now());
	if (!entries) return false;
	const rooms = new Set(entries.map(({ conversationId }) => conversationId));
	const outcomes = await Promise.all([...rooms].map((room) => sendMessages(parts, whose, room)));
	return areSent && outcomes.every((isDone) => isDone);
}

async function sendMessages(parts: FlushParts, owner: Owner, room: string): Promise<boolean> {
	/** A device without room for the note of a removal gives out again what was sent. */
	const answered = new Set<string>();
	return parts.withLock(messageLock(owner, room), async () => {
		for (;;) {
			// Read anew each time: a page may have removed one meanwhile.
			const entries = await readEntries(owner, parts.now());
			const next = entries?.find(
				({ conversationId, clientId, refusal }) =>
					conversationId === room && !refusal && !answered.has(clientId),
			);
			if (!next) return entries !== null;
			answered.add(next.clientId);
			if (!(await sendMessage(parts, owner, next))) return false;
		}
	});
}

/** Whether the server has answered for good. */
async function sendMessage(parts: FlushParts, owner: Owner, entry: OutboxEntry): Promise<boolean> {
	const { clientId, conversationId } = entry;
	const result = await sendOutgoing(parts.api, entry);
	if (result.ok) {
		await deleteEntry(owner, clientId);
		parts.tell({ type: "removed", owner, clientId, sent: result.value });
		return true;
	}
	if (!isFinal(result.error) || !(await isStillHere(parts, owner))) return false;
	await putEntry(owner, { ...entry, refusal: result.error });
	parts.tell({ type: "written", owner, conversationId });
	return true;
}

/** Somebody else may have signed in meanwhile: what is refused to that person is not refused to this one. */
const isStillHere = async (parts: FlushParts, owner: Owner): Promise<boolean> =>
	(await whoIsHere(parts)) === owner;

/** Null when nothing answers. */
async function whoIsHere({ api }: FlushParts): Promise<Owner | null> {
	const session = await api.session();
	return session.ok ? (session.value.user?.id ?? NOBODY_YET) : null;
}

/** One after the other: the first one may have to make the guest that the others belong to. */
async function sendOrders(parts: FlushParts, owner: Owner, serverNow: number): Promise<boolean> {
	let areSent = true;
	/** Whose sessions were begun here. */
	const guests = new Set<Owner>();
	const waiting = await readOrders(owner);
	if (!waiting) return false;
	for (const { therapistId } of waiting) {
		const isSent = await parts.withLock(orderLock(therapistId), async () => {
			// What cannot be known any more may still have to be sent.
			const orders = await readOrders(owner);
			if (!orders) return false;
			const order = orders.find((other) => other.therapistId === therapistId);
			const isDue = order && !order.isBooked && !isStale(order.attempt, parts.now(), serverNow);
			return !isDue || sendOrder(parts, owner, order, guests);
		});
		areSent &&= isSent;
	}
	return areSent;
}

async function sendOrder(
	parts: FlushParts,
	owner: Owner,
	order: WaitingOrder,
	guests: Set<Owner>,
): Promise<boolean> {
	const { api, tell } = parts;
	const limit = AbortSignal.timeout(ATTEMPT_LIMIT);
	const { attempt, therapistId } = order;
	let heir = owner;
	if (owner === NOBODY_YET) {
		if (!order.guest) return true;
		const here = await whoIsHere(parts);
		// A new guest would take the place of somebody who signed in meanwhile.
		if (here === null || !(here === NOBODY_YET || guests.has(here))) return false;
		const made = await api.createGuest(order.guest, limit);
		if (!made.ok) return isFinal(made.error);
		heir = made.value.user.id;
		guests.add(heir);
		parts.speakFor(heir);
	}
	const tried = { ...order, tries: order.tries + 1 };
	const isThere = await noteOrder(owner, tried, heir);
	if (!isThere) return isThere === false;
	const answer = await api.book(attempt.order, attempt.key, limit);
	if (!answer.ok && !isFinal(answer.error)) return false;
	// A refusal is the page's to ask about: it asks the server once more, under the same key.
	if (answer.ok) await noteOrder(owner, { ...tried, isBooked: true }, heir);
	tell({ type: "order", owner: heir, therapistId });
	return true;
}
