/**
 * The device's database: what waits to be sent, and what was known last. The service worker reaches it too, which
 * cannot read localStorage. Nothing here throws: where the browser has no database, refuses it, or is short of room,
 * the answer is null and the callers go on without it.
 */
import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from "idb";
import { DATABASE } from "./databaseName";
import type { Fields } from "./decode";
import { afterSilence, deviceWaiting } from "./patience";

/** Raise it with every change of the stores below, and say in `upgrade` what becomes of what is there. */
const VERSION = 1;
/** A browser that has not opened it after so many milliseconds is gone on without; it may still come. */
const PATIENCE = 2_000;
/** And is not asked again for so many. */
const REST = 30_000;

interface Schema extends DBSchema {
	/** Key: whose, and the id of the message, or of the order. */
	outbox: { key: [string, string]; value: Fields };
	/** Key: whose, what kind, and of which conversation. */
	history: { key: [string, string, string]; value: Fields };
}

export type Database = IDBPDatabase<Schema>;

let opening: Promise<Database | null> | null = null;
let restsUntil = Number.NEGATIVE_INFINITY;

/** Everything of one owner, or everything of one kind. */
export const rangeOf = (...start: string[]) => IDBKeyRange.bound(start, [...start, []]);

/** What `act` makes of the database, or null when there is none or it failed. */
export async function inDatabase<Value>(
	act: (database: Database) => Promise<Value>,
): Promise<Value | null> {
	try {
		const database = await openDatabase();
		return database && (await act(database));
	} catch {
		return null;
	}
}

function openDatabase(): Promise<Database | null> {
	if (!opening && performance.now() < restsUntil) return Promise.resolve(null);
	opening ??= open();
	return opening;
}

function open(): Promise<Database | null> {
	return new Promise((resolve) => {
		const without = () => {
			opening = null;
			restsUntil = performance.now() + REST;
			resolve(null);
		};
		const isEnough = afterSilence(deviceWaiting, PATIENCE, without);
		const opened = (database: Database) => {
			isEnough();
			opening = Promise.resolve(database);
			resolve(database);
		};
		// A browser may refuse by throwing as well.
		const asked = async () => openDB<Schema>(DATABASE, VERSION, callbacks());
		asked().then(opened, () => {
			isEnough();
			without();
		});
	});
}

function callbacks(): OpenDBCallbacks<Schema> {
	return {
		upgrade(database) {
			database.createObjectStore("outbox");
			database.createObjectStore("history");
		},
		// A newer version of the app wants to change the stores: this page goes on without them.
		blocking(_current, _blocked, event) {
			(event.target as IDBDatabase).close();
			gone();
		},
		terminated: gone,
	};
}

function gone(): void {
	opening = null;
	for (const act of onLoss) act();
}

const onLoss = new Set<() => void>();

/** Calls `act` when the database was taken away: what was in it may not be there any more. */
export function whenDatabaseGoes(act: () => void): void {
	onLoss.add(act);
}
