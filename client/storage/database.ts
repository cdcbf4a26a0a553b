/**
 * The device's database: what waits to be sent, and what was known last. The service worker reaches it too, which
 * cannot read localStorage. Nothing here throws: where the browser has no database, refuses it, or is short of room,
 * the answer is null and the callers go on without it.
 */
import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from "idb";
import { DATABASE } from "./databaseName";
import type { Fields } from "./decode";
import type { Owner } from "./owner";
import { afterSilence, deviceWaiting } from "./patience";
import { wipingAsked } from "./wipingAsked";

/** Raise it with every change of the stores below, and say in `upgrade` what becomes of what is there. */
const VERSION = 1;
/** Most callers go on without a database that is not open after so many milliseconds; it may still come. */
const PATIENCE = 2_000;
/** And do not wait for it again for so many. */
const REST = 30_000;

interface Schema extends DBSchema {
	/** Key: whose, and the id of the message, or of the order. */
	outbox: { key: [string, string]; value: Fields };
	/** Key: whose, what kind, and of which conversation. */
	history: { key: [string, string, string]; value: Fields };
}

export type Database = IDBPDatabase<Schema>;

let opening: Promise<Database | null> | null = null;
let isOpen = false;
/** Nobody who is in a hurry waits for it until then, and nobody at all asks for it when it was refused. */
let restsUntil = Number.NEGATIVE_INFINITY;
let wasRefused = false;

/** Everything of one owner, or everything of one kind. */
export const rangeOf = (...start: string[]) => IDBKeyRange.bound(start, [...start, []]);

/**
 * What `act` makes of the database, or null when there is none or it failed. `isPatient` waits as long as the browser
 * takes to open it, else a slow one counts as none.
 */
export async function inDatabase<Value>(
	act: (database: Database) => Promise<Value>,
	isPatient = false,
): Promise<Value | null> {
	try {
		const database = await (isPatient ? openDatabase() : openInTime());
		return database && (await act(database));
	} catch {
		return null;
	}
}

const isResting = () => performance.now() < restsUntil;

function openDatabase(): Promise<Database | null> {
	if (wasRefused && isResting()) return Promise.resolve(null);
	opening ??= open();
	return opening;
}

function openInTime(): Promise<Database | null> {
	if (isOpen) return openDatabase();
	if (isResting()) return Promise.resolve(null);
	return new Promise((resolve) => {
		const isEnough = afterSilence(deviceWaiting, PATIENCE, () => {
			rest(false);
			resolve(null);
		});
		void openDatabase().then((database) => {
			isEnough();
			resolve(database);
		});
	});
}

async function open(): Promise<Database | null> {
	try {
		// A browser may refuse by throwing as well.
		const database = await openDB<Schema>(DATABASE, VERSION, callbacks());
		await wipeNoted(database);
		opening = Promise.resolve(database);
		isOpen = true;
		restsUntil = Number.NEGATIVE_INFINITY;
		return database;
	} catch {
		rest(true);
		return null;
	}
}

/** What was to be gone with a sign-out that this database was too slow for, before it is shown to anybody or sent. */
async function wipeNoted(database: Database): Promise<void> {
	const { ownersToWipe, noteWiped } = wipingAsked();
	const owners = ownersToWipe();
	if (owners.length === 0) return;
	try {
		await removeAllOf(database, owners);
		noteWiped();
	} catch {
		// The note stays: the next page tries again.
	}
}

/** Removes everything of `owners`, and writes that through to the disk. */
export async function removeAllOf(database: Database, owners: readonly Owner[]): Promise<void> {
	const act = database.transaction(["outbox", "history"], "readwrite", { durability: "strict" });
	const stores = [act.objectStore("outbox"), act.objectStore("history")];
	const goes = owners.flatMap((owner) => stores.map((store) => store.delete(rangeOf(owner))));
	await Promise.all([...goes, act.done]);
}

/** Also lets go of the attempt that is going on: a browser may answer a second one and never the first. */
function rest(isRefused: boolean): void {
	if (isOpen) return;
	opening = null;
	wasRefused = isRefused;
	restsUntil = performance.now() + REST;
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
	isOpen = false;
	for (const act of onLoss) act();
}

const onLoss = new Set<() => void>();

/** Calls `act` when the database was taken away: what was in it may not be there any more. */
export function whenDatabaseGoes(act: () => void): void {
	onLoss.add(act);
}
