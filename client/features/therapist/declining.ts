import { signal } from "@preact/signals";
import { beforeSignOut } from "../../state/signOut";

/** How long a decline can be taken back, in milliseconds. */
export const UNDO_MS = 5000;

interface Declining {
	/** When it is sent, in milliseconds of `performance.now()`: a clock that is set shows no wrong seconds. */
	sendsAt: number;
	timer: ReturnType<typeof setTimeout>;
	send: () => Promise<unknown>;
}

/** Declines that were tapped and can still be taken back, by booking id. */
export const declining = signal<ReadonlyMap<string, Declining>>(new Map());

function forget(bookingId: string): Declining | undefined {
	const found = declining.value.get(bookingId);
	if (!found) return undefined;
	clearTimeout(found.timer);
	const rest = new Map(declining.value);
	rest.delete(bookingId);
	declining.value = rest;
	return found;
}

/**
 * Calls `send` in five seconds, unless it is undone before. A second tap on the same booking changes nothing.
 * `send` settles when it is known what became of it, or when it is known that this is not known yet.
 */
export function declineSoon(bookingId: string, send: () => Promise<unknown>): void {
	if (declining.value.has(bookingId)) return;
	const timer = setTimeout(() => void forget(bookingId)?.send(), UNDO_MS);
	const entry = { sendsAt: performance.now() + UNDO_MS, timer, send };
	declining.value = new Map(declining.value).set(bookingId, entry);
}

/** Takes a decline back. Returns whether it was still in time. */
export function undoDecline(bookingId: string): boolean {
	return forget(bookingId) !== undefined;
}

/** Sends at once what still waits: the page or the person is going away. Settles with the last answer. */
export async function sendDeclinesNow(): Promise<void> {
	const bookingIds = [...declining.value.keys()];
	await Promise.all(bookingIds.map((bookingId) => forget(bookingId)?.send()));
}

beforeSignOut(sendDeclinesNow);
