import { signal } from "@preact/signals";

/** How long a decline can be taken back, in milliseconds. */
export const UNDO_MS = 5000;

interface Declining {
	/** Device time (ms) at which it is sent. */
	sendsAt: number;
	timer: ReturnType<typeof setTimeout>;
	send: () => void;
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

/** Calls `send` in five seconds, unless it is undone before. A second tap on the same booking changes nothing. */
export function declineSoon(bookingId: string, send: () => void): void {
	if (declining.value.has(bookingId)) return;
	const timer = setTimeout(() => forget(bookingId)?.send(), UNDO_MS);
	const entry = { sendsAt: Date.now() + UNDO_MS, timer, send };
	declining.value = new Map(declining.value).set(bookingId, entry);
}

/** Takes a decline back. Returns whether it was still in time. */
export function undoDecline(bookingId: string): boolean {
	return forget(bookingId) !== undefined;
}

/** Sends at once what still waits: the page is going away and its timers with it. */
export function sendDeclinesNow(): void {
	for (const bookingId of declining.value.keys()) forget(bookingId)?.send();
}
