/** What waits to be sent, where the service worker can reach it: messages, and a copy of each order on its way. */
import { attemptFrom, type SubmitAttempt } from "./attempts";
import { type Database, inDatabase, rangeOf, removeAllOf } from "./database";
import { count, type Fields, isFields } from "./decode";
import { type GuestToMake, guestFrom } from "./guestDatabase";
import { entryFrom, inOrder, type OutboxEntry } from "./outboxEntry";
import type { Owner } from "./owner";

export { whenDatabaseGoes } from "./database";
export { deleteGuest, type GuestToMake, putGuest, readGuest } from "./guestDatabase";

const MESSAGE = "message:";
const ORDER = "order:";

/** An order as the worker finds it; what the worker writes is `tries` and `isBooked`. */
export interface WaitingOrder {
	therapistId: string;
	attempt: SubmitAttempt;
	/** The guest it belongs to, to be made first, when nobody is known yet. */
	guest: GuestToMake | null;
	/** How often the worker sent it. */
	tries: number;
	/** The server made a booking of it, and the page has not heard of it. */
	isBooked: boolean;
}

/** Written through to the disk before it is said to be done. */
const writing = (database: Database) =>
	database.transaction("outbox", "readwrite", { durability: "strict" });

/** Whether it is on the disk now. */
export const putEntry = (owner: Owner, entry: OutboxEntry) => putEntries(owner, [entry]);

/** Whether all of them are on the disk now; else none is that was not before. */
export async function putEntries(owner: Owner, entries: readonly OutboxEntry[]): Promise<boolean> {
	const isDone = await inDatabase(async (database) => {
		const act = writing(database);
		const puts = entries.map((entry) =>
			act.store.put({ ...entry }, [owner, MESSAGE + entry.clientId]),
		);
		await Promise.all([...puts, act.done]);
		return true;
	});
	return isDone ?? false;
}

/**
 * The messages that wait, in order; null when it cannot be known. Damage is repaired as in `entryFrom`. `isPatient` as
 * in `inDatabase`.
 */
export async function readEntries(
	owner: Owner,
	now: number,
	isPatient = false,
): Promise<OutboxEntry[] | null> {
	const stored = await inDatabase(
		(database) => recordsIn(database.transaction("outbox").store, owner),
		isPatient,
	);
	const entries = stored
		?.filter(({ id }) => id.startsWith(MESSAGE))
		.map(({ id, value }) => entryFrom(id.slice(MESSAGE.length), value, now))
		.filter((entry) => entry !== null);
	return entries?.sort(inOrder) ?? null;
}

export async function deleteEntry(owner: Owner, clientId: string): Promise<void> {
	await inDatabase(async (database) => {
		const act = writing(database);
		await Promise.all([act.store.delete([owner, MESSAGE + clientId]), act.done]);
	});
}

/** Makes `orders` all that waits of `owner`; what the worker wrote about an order that is still the same stays. */
export async function replaceOrders(owner: Owner, orders: readonly WaitingOrder[]): Promise<void> {
	await inDatabase(async (database) => {
		const act = writing(database);
		const stored = await ordersIn(act.store, owner);
		const isKept = (known: WaitingOrder) =>
			orders.some(({ therapistId }) => therapistId === known.therapistId);
		const goes = stored.filter((order) => !isKept(order));
		await Promise.all([
			...goes.map(({ therapistId }) => act.store.delete([owner, ORDER + therapistId])),
			...orders.map((order) => {
				const known = stored.find(({ attempt }) => attempt.key === order.attempt.key);
				const told = known ? { tries: known.tries, isBooked: known.isBooked } : {};
				return act.store.put({ ...order, ...told }, [owner, ORDER + order.therapistId]);
			}),
			act.done,
		]);
	});
}

export async function readOrders(owner: Owner): Promise<WaitingOrder[] | null> {
	return inDatabase((database) => ordersIn(database.transaction("outbox").store, owner));
}

/**
 * Writes what became of an order of `owner`, unless it is another one by now; for `heir` too, who is to have it: the
 * guest that was made for it. Whether it was still there; null when it cannot be known, and then nothing is written.
 */
export async function noteOrder(
	owner: Owner,
	order: WaitingOrder,
	heir = owner,
): Promise<boolean | null> {
	return inDatabase(async (database) => {
		const act = writing(database);
		const stored = await ordersIn(act.store, owner);
		const isSame = stored.some(({ attempt }) => attempt.key === order.attempt.key);
		const heirs = isSame ? [...new Set([owner, heir])] : [];
		const puts = heirs.map((whose) =>
			act.store.put({ ...order }, [whose, ORDER + order.therapistId]),
		);
		await Promise.all([...puts, act.done]);
		return isSame;
	});
}

interface Readable {
	getAllKeys(range: IDBKeyRange): Promise<[string, string][]>;
	getAll(range: IDBKeyRange): Promise<Fields[]>;
}

async function recordsIn(store: Readable, owner: Owner): Promise<{ id: string; value: Fields }[]> {
	const range = rangeOf(owner);
	const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
	return keys.flatMap(([, id], at) => {
		const value: unknown = values[at];
		return isFields(value) ? [{ id, value }] : [];
	});
}

async function ordersIn(store: Readable, owner: Owner): Promise<WaitingOrder[]> {
	const stored = await recordsIn(store, owner);
	return stored.flatMap(({ id, value }) => (id.startsWith(ORDER) ? orderFrom(id, value) : []));
}

function orderFrom(id: string, stored: Fields): WaitingOrder[] {
	const therapistId = id.slice(ORDER.length);
	const attempt = attemptFrom(stored.attempt, therapistId);
	if (!attempt) return [];
	const guest = isFields(stored.guest) ? guestFrom(stored.guest) : null;
	const isBooked = stored.isBooked === true;
	return [{ therapistId, attempt, guest, tries: count(stored.tries), isBooked }];
}

/** Removes everything that `owners` have in the database. False where that could not be done. */
export async function wipe(owners: readonly Owner[]): Promise<boolean> {
	const isDone = await inDatabase(async (database) => {
		await removeAllOf(database, owners);
		return true;
	});
	return isDone ?? false;
}

/** Removes what is known of everybody but `owner`: what they sent off and is still here, stays. */
export async function wipeHistoryOfOthers(owner: Owner | null): Promise<void> {
	await inDatabase(async (database) => {
		const act = database.transaction("history", "readwrite");
		const keys = await act.store.getAllKeys();
		const goes = keys.filter(([whose]) => whose !== owner).map((key) => act.store.delete(key));
		await Promise.all([...goes, act.done]);
	});
}
