/**
 * The device's database and the tabs beside this one, as the state sees them. The code for the database is loaded
 * when it is first needed: nothing that is painted first waits for it.
 */
import { batch } from "@preact/signals";
import { type News, openNews, SYNC_TAG } from "../storage/news";

type OutboxDatabase = typeof import("../storage/outboxDatabase");

/** Whether this browser has a database at all; without one everything stays in localStorage. */
export const hasDatabase = "indexedDB" in globalThis;

/** What `act` makes of the database of the outbox; null where there is none, or its code cannot be loaded. */
export async function withOutbox<Value>(
	act: (outbox: OutboxDatabase) => Promise<Value>,
): Promise<Value | null> {
	if (!hasDatabase) return null;
	loading ??= load();
	const outbox = await loading;
	return outbox && act(outbox);
}

let loading: Promise<OutboxDatabase | null> | null = null;
const onLoss = new Set<() => void>();

async function load(): Promise<OutboxDatabase | null> {
	try {
		const outbox = await import("../storage/outboxDatabase");
		outbox.whenDatabaseGoes(() => {
			for (const act of onLoss) act();
		});
		return outbox;
	} catch {
		loading = null;
		return null;
	}
}

/** Calls `act` when the database was taken away from this page. */
export function whenDatabaseGoes(act: () => void): void {
	onLoss.add(act);
}

const hearers = new Set<(news: News) => void>();
const channel = hasDatabase
	? openNews((news) =>
			batch(() => {
				for (const hear of hearers) hear(news);
			}),
		)
	: null;

/** Calls `hear` with what other tabs and the worker tell. */
export function whenTold(hear: (news: News) => void): void {
	hearers.add(hear);
}

export const tellOthers = (news: News): void => channel?.tell(news);

interface SyncRegistration extends ServiceWorkerRegistration {
	/** Chromium's alone. */
	sync?: { register(tag: string): Promise<void> };
}

let isAsked = false;

/** Asks the browser to wake the worker when there is a network, also after this page is gone. */
export async function askForSync(): Promise<void> {
	if (isAsked || !hasDatabase) return;
	isAsked = true;
	try {
		const registration: SyncRegistration | undefined = await navigator.serviceWorker?.ready;
		await registration?.sync?.register(SYNC_TAG);
	} catch {
		// Not allowed, or not there: the page sends what waits when it is opened again.
	}
	isAsked = false;
}
