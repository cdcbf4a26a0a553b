/** Writing down what waits: first where it survives this very instant, then where the service worker can reach it. */
import type { Message } from "../net/types";
import type { Owner } from "../storage/keys";
import { isOnDevice } from "../storage/local";
import { entryKey, removeEntry, writeEntry } from "../storage/outbox";
import type { OutboxEntry } from "../storage/outboxEntry";
import { mark, unmark } from "../storage/outboxMarks";
import { ownersToWipe } from "../storage/wipingNote";
import { hasDatabase, tellOthers, whenDatabaseGoes, withOutbox } from "./device";
import { heldEntry, intents, noteUnkept, outbox, stored } from "./outboxHeld";
import { owner } from "./session";

/** localStorage has it when this returns, the database soon; then it goes from localStorage. */
export function keep(entry: OutboxEntry): void {
	const whose = owner.peek();
	if (whose === null) return;
	const isWritten = writeEntry(whose, entry);
	// With a database it is not said before that one has refused it too.
	if (isWritten || !hasDatabase) noteUnkept(entry.clientId, !isWritten);
	if (hasDatabase) void store(whose, entry);
}

async function store(whose: Owner, entry: OutboxEntry): Promise<void> {
	intents.add(entryKey(whose, entry.clientId));
	const entries = [...stillBefore(entry), entry];
	const isDone = await withOutbox((database) => database.putEntries(whose, entries));
	if (owner.peek() !== whose) return;
	// What a sign-out could not wipe yet goes with all that is there, and would take this along.
	const isSafe = isDone === true && !ownersToWipe().includes(whose);
	const kept = entries.filter((one) => settle(whose, one, isSafe));
	const { conversationId } = entry;
	if (kept.length > 0) tellOthers({ type: "written", owner: whose, conversationId });
}

/**
 * What stands before it and is not in the database, e.g. because it was too long for what room there was: the two go
 * there together or not at all. The worker, who sees the database alone, would send the later one first.
 */
const stillBefore = ({ conversationId, place }: OutboxEntry) =>
	outbox
		.peek()
		.filter((other) => other.conversationId === conversationId && other.place < place)
		.filter(({ clientId, refusal }) => !refusal && !stored.has(clientId));

/** Notes what became of a message that was to be stored; whether the database has it now, and localStorage no more. */
function settle(whose: Owner, entry: OutboxEntry, isDone: boolean): boolean {
	const { clientId } = entry;
	const key = entryKey(whose, clientId);
	const now = heldEntry(clientId);
	if (isDone && !now) removeEverywhere(whose, clientId);
	// What was changed meanwhile is on its way with that change, and what another tab wrote is that tab's to note.
	if (now !== entry || !intents.has(key)) return false;
	if (!isDone) noteUnkept(clientId, !isOnDevice(key));
	if (!isDone) return false;
	stored.add(clientId);
	noteUnkept(clientId, false);
	intents.delete(key);
	// In this order: the note has the room that the message took.
	removeEntry(whose, clientId);
	mark(whose, entry);
	return true;
}

/** Removes it wherever it is written down, and tells the other tabs, with what became of it when it was `sent`. */
export function removeEverywhere(
	whose: Owner,
	clientId: string,
	sent: Message | null = null,
): void {
	removeEntry(whose, clientId);
	unmark(whose, clientId);
	intents.delete(entryKey(whose, clientId));
	if (!hasDatabase) return;
	void withOutbox((database) => database.deleteEntry(whose, clientId));
	tellOthers({ type: "removed", owner: whose, clientId, sent });
}

// What was in it may be lost, and cannot be reached: it is written down once more where that is possible.
whenDatabaseGoes(() => {
	stored.clear();
	for (const entry of outbox.peek()) keep(entry);
});
