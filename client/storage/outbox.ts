import { type Problem, readProblem } from "../net/problem";
import { count, isFields, stamp, text } from "./decode";
import { type Owner, outboxPrefix, typedKey } from "./keys";
import { keysStarting, readJson, readText, removeKey, writeJson, writeText } from "./local";

/** A message that the server has not answered yet, or has refused. */
export interface OutboxEntry {
	clientId: string;
	conversationId: string;
	text: string;
	/** Device time (ms), for people only: a clock can be set back. */
	writtenAt: number;
	/** Its place among what waits on this device, in all tabs and over reloads. */
	place: number;
	/** Why the server refused it; null while it is to be sent. */
	refusal: Problem | null;
}

/**
 * What waits on this device, in the order in which it was written. What is damaged is repaired where the text and
 * its conversation are whole (`now`, device ms, stands in for a lost time); the rest is passed over and stays stored.
 */
export function readOutbox(owner: Owner, now: number): OutboxEntry[] {
	const prefix = outboxPrefix(owner);
	return keysStarting(prefix)
		.map((key) => entryFrom(key.slice(prefix.length), readJson(key, isFields), now))
		.filter((entry) => entry !== null)
		.sort(inOrder);
}

/** Two tabs that wrote in the same instant have the same place: then any order is right, but it stays the same. */
export function inOrder(one: OutboxEntry, other: OutboxEntry): number {
	return one.place - other.place || (one.clientId < other.clientId ? -1 : 1);
}

/** The key of one entry. */
export const entryKey = (owner: Owner, clientId: string) => outboxPrefix(owner) + clientId;

/** A key for each entry, so that two tabs cannot overwrite each other's. False when it will not survive a reload. */
export function writeEntry(owner: Owner, entry: OutboxEntry): boolean {
	return writeJson(entryKey(owner, entry.clientId), entry);
}

export function removeEntry(owner: Owner, clientId: string): void {
	removeKey(entryKey(owner, clientId));
}

/** What was typed into a conversation and not sent. */
export function readTyped(owner: Owner, conversationId: string): string {
	return readText(typedKey(conversationId, owner)) ?? "";
}

export function writeTyped(owner: Owner, conversationId: string, text: string): void {
	const key = typedKey(conversationId, owner);
	if (text === "") removeKey(key);
	else writeText(key, text);
}

/** An id that was damaged must not make a second message: the one in the key is the one that was sent. */
function entryFrom(
	clientId: string,
	stored: Record<string, unknown> | null,
	now: number,
): OutboxEntry | null {
	const conversationId = text(stored?.conversationId);
	const written = text(stored?.text);
	if (!stored || !conversationId || !written) return null;
	return {
		clientId,
		conversationId,
		text: written,
		writtenAt: stamp(stored.writtenAt) ?? now,
		place: count(stored.place),
		refusal: refusalFrom(stored.refusal),
	};
}

/** A refusal that cannot be read is asked for again: the server refuses the same text in the same way. */
function refusalFrom(stored: unknown): Problem | null {
	return isFields(stored) ? readProblem(stored, count(stored.status), null) : null;
}
