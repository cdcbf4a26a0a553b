/** What waits to be sent as this tab sees it, and what it knows of where each message is written down. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Owner } from "../storage/keys";
import { isOnDevice } from "../storage/local";
import { entryKey, readOutbox } from "../storage/outbox";
import { inOrder, type OutboxEntry } from "../storage/outboxEntry";
import { timing } from "./engine";
import { facts } from "./facts";

const held = signal<readonly OutboxEntry[]>([]);
/** Which of them are in the database: their transaction is complete. */
export const stored = new Set<string>();
/** The keys of what is written in localStorage only until the database has it. */
export const intents = new Set<string>();
/** Which of them are written down nowhere: they live as long as this page. */
const onlyHere = signal<ReadonlySet<string>>(new Set());
/** What left in this tab: a reading of the database that began before must not bring it back. */
const gone = new Set<string>();

/** The ids of the messages that could be stored neither in the database nor beside it. */
export const unkept: ReadonlySignal<ReadonlySet<string>> = onlyHere;

/** Whether a message would be gone with this page, as far as is known by now. */
export function noteUnkept(clientId: string, isUnkept: boolean): void {
	if (onlyHere.peek().has(clientId) === isUnkept) return;
	const next = new Set(onlyHere.peek());
	if (isUnkept) next.add(clientId);
	else next.delete(clientId);
	onlyHere.value = next;
}

/** Whether this tab has it, or had it until it left. */
export const isKnown = (clientId: string) => Boolean(heldEntry(clientId)) || gone.has(clientId);

/** In the order in which it was written. */
export const outbox: ReadonlySignal<readonly OutboxEntry[]> = held;

export const heldEntry = (clientId: string) =>
	held.peek().find((entry) => entry.clientId === clientId);

/** Begins with what localStorage holds of a person, which is known at once. */
export function beginWith(entries: readonly OutboxEntry[]): void {
	stored.clear();
	gone.clear();
	held.value = entries;
}

export function addHeld(entry: OutboxEntry): void {
	held.value = [...held.peek(), entry];
}

export function replaceHeld(entry: OutboxEntry): void {
	held.value = held.peek().map((old) => (old.clientId === entry.clientId ? entry : old));
}

/** It is not held any more; `isForGood`: it was sent or removed, and whatever still brings it is late. */
export function forget(clientId: string, isForGood = false): void {
	stored.delete(clientId);
	noteUnkept(clientId, false);
	if (isForGood) gone.add(clientId);
	const rest = held.peek().filter((entry) => entry.clientId !== clientId);
	if (rest.length < held.peek().length) held.value = rest;
}

/** Whether it would be here after a reload. */
export const isKept = (whose: Owner, { clientId }: OutboxEntry) =>
	stored.has(clientId) || isOnDevice(entryKey(whose, clientId));

/**
 * What another tab wrote is known here before this tab sends anything behind it. What is held here and not stored
 * stays: the browser may have thrown the storage away, and only a tab that says so has removed it.
 */
export function takeInIntents(whose: Owner): void {
	takeIn(readOutbox(whose, timing.now()).filter(isNews));
}

/** The database is what all tabs agree on, but for what this tab has not written down there yet. */
export function takeInStored(whose: Owner, there: readonly OutboxEntry[]): void {
	const byId = new Map(there.map((entry) => [entry.clientId, entry]));
	const isOpen = ({ clientId }: OutboxEntry) =>
		stored.has(clientId) && !intents.has(entryKey(whose, clientId));
	batch(() => {
		for (const entry of held.peek().filter(isOpen)) {
			const other = byId.get(entry.clientId);
			if (!other) forget(entry.clientId);
			else if ((other.refusal === null) !== (entry.refusal === null)) replaceHeld(other);
		}
		const news = there.filter(isNews);
		for (const { clientId } of news) stored.add(clientId);
		takeIn(news);
	});
}

/** Whether the server has it, as far as this page was told. */
export function isAtServer({ conversationId, clientId }: OutboxEntry): boolean {
	const messages = facts.peek().messages.get(conversationId) ?? [];
	return messages.some((sent) => sent.clientId === clientId);
}

const isNews = (entry: OutboxEntry) =>
	!heldEntry(entry.clientId) && !gone.has(entry.clientId) && !isAtServer(entry);

function takeIn(news: readonly OutboxEntry[]): void {
	if (news.length > 0) held.value = [...held.peek(), ...news].sort(inOrder);
}
