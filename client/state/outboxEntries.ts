/** What was written on this device and is not known to be at the server, as all its tabs share it. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { randomId } from "../net/ids";
import type { Owner } from "../storage/keys";
import { isOnDevice } from "../storage/local";
import {
	entryKey,
	inOrder,
	type OutboxEntry,
	readOutbox,
	removeEntry,
	writeEntry,
} from "../storage/outbox";
import { timing } from "./engine";
import { facts } from "./facts";
import { owner } from "./session";

const held = signal<readonly OutboxEntry[]>([]);
const onNews = new Set<(conversationId: string) => void>();

/** In the order in which it was written. */
export const outbox: ReadonlySignal<readonly OutboxEntry[]> = held;

/** Puts a message behind everything that waits on this device. */
export function addEntry(conversationId: string, text: string): OutboxEntry {
	takeInOtherTabs();
	const last = held.peek().reduce((highest, { place }) => Math.max(highest, place), 0);
	const entry: OutboxEntry = {
		clientId: randomId(),
		conversationId,
		text,
		writtenAt: timing.now(),
		place: last + 1,
		refusal: null,
	};
	keep(entry);
	held.value = [...held.peek(), entry];
	return entry;
}

/** Changes a message; nothing when it is gone, e.g. removed in another tab while this one sent it. */
export function changeEntry(entry: OutboxEntry): void {
	if (!held.peek().some(({ clientId }) => clientId === entry.clientId)) return;
	keep(entry);
	held.value = held.peek().map((old) => (old.clientId === entry.clientId ? entry : old));
}

export function dropEntry(clientId: string): void {
	const whose = owner.peek();
	if (whose !== null) removeEntry(whose, clientId);
	forget(clientId);
}

/** The message that is to be sent next in a conversation, whichever tab it was written in. */
export function nextEntry(conversationId: string): OutboxEntry | undefined {
	takeInOtherTabs();
	return held.peek().find((entry) => entry.conversationId === conversationId && !entry.refusal);
}

/** Whether every message that waits would be here after a reload. */
export function areEntriesOnDevice(): boolean {
	const whose = owner.peek();
	return (
		whose === null || held.peek().every(({ clientId }) => isOnDevice(entryKey(whose, clientId)))
	);
}

/** Shows what the person has on this device. */
export function restoreEntries(whose: Owner | null): void {
	held.value = whose === null ? [] : readOutbox(whose, timing.now());
}

/** Calls `act` with the conversation in which another tab wrote a message, or changed one that waits. */
export function whenOtherTabWrites(act: (conversationId: string) => void): void {
	onNews.add(act);
}

/**
 * What another tab wrote is known here before this tab sends anything behind it. What is held here and not stored
 * stays: the browser may have thrown the storage away, and only a tab that says so has removed it.
 */
function takeInOtherTabs(): void {
	const whose = owner.peek();
	if (whose === null) return;
	const known = new Set(held.peek().map(({ clientId }) => clientId));
	const news = readOutbox(whose, timing.now()).filter(
		(entry) => !known.has(entry.clientId) && !isAtServer(entry),
	);
	if (news.length > 0) held.value = [...held.peek(), ...news].sort(inOrder);
}

function keep(entry: OutboxEntry): void {
	const whose = owner.peek();
	if (whose !== null) writeEntry(whose, entry);
}

function forget(clientId: string): void {
	const rest = held.peek().filter((entry) => entry.clientId !== clientId);
	if (rest.length < held.peek().length) held.value = rest;
}

function isAtServer({ conversationId, clientId }: OutboxEntry): boolean {
	const messages = facts.peek().messages.get(conversationId) ?? [];
	return messages.some((sent) => sent.clientId === clientId);
}

/** A message whose answer was lost comes back as an event: then it is at the server. */
facts.subscribe(() => {
	for (const entry of held.peek()) if (isAtServer(entry)) dropEntry(entry.clientId);
});

addEventListener("storage", ({ key, newValue }) => {
	const whose = owner.peek();
	const prefix = whose === null ? null : entryKey(whose, "");
	if (prefix === null || !key?.startsWith(prefix)) return;
	const clientId = key.slice(prefix.length);
	batch(() => {
		forget(clientId);
		if (newValue !== null) takeInOtherTabs();
	});
	const entry = held.peek().find((written) => written.clientId === clientId);
	if (entry && !entry.refusal) for (const act of onNews) act(entry.conversationId);
});
