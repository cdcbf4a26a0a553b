/** Writing down what waits: first where it survives this very instant, then where the service worker can reach it. */
import type { Message } from "../net/types";
import type { Owner } from "../storage/keys";
import { isOnDevice } from "../storage/local";
import { entryKey, removeEntry, writeEntry } from "../storage/outbox";
import type { OutboxEntry } from "../storage/outboxEntry";
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
	const { clientId, conversationId } = entry;
	const key = entryKey(whose, clientId);
	intents.add(key);
	const isDone = await withOutbox((database) => database.putEntry(whose, entry));
	if (owner.peek() !== whose) return;
	const now = heldEntry(clientId);
	if (isDone && !now) return removeEverywhere(whose, clientId);
	// What was changed meanwhile is on its way with that change.
	if (now !== entry) return;
	if (!isDone) return noteUnkept(clientId, !isOnDevice(key));
	stored.add(clientId);
	noteUnkept(clientId, false);
	intents.delete(key);
	removeEntry(whose, clientId);
	tellOthers({ type: "written", owner: whose, conversationId });
}

/** Removes it wherever it is written down, and tells the other tabs, with what became of it when it was `sent`. */
export function removeEverywhere(
	whose: Owner,
	clientId: string,
	sent: Message | null = null,
): void {
	removeEntry(whose, clientId);
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
