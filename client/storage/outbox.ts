import { count, isFields } from "./decode";
import { type Owner, outboxPrefix, placeKey, typedKey } from "./keys";
import { keysStarting, readJson, readText, removeKey, writeJson, writeText } from "./local";
import { entryFrom, inOrder, type OutboxEntry } from "./outboxEntry";

/**
 * What was written on this device and is not known to be in the database, in the order in which it was written. What
 * is damaged is repaired where the text and its conversation are whole (`now`, device ms, stands in for a lost time);
 * the rest is passed over and stays stored.
 */
export function readOutbox(owner: Owner, now: number): OutboxEntry[] {
	const prefix = outboxPrefix(owner);
	return keysStarting(prefix)
		.map((key) => entryFrom(key.slice(prefix.length), readJson(key, isFields), now))
		.filter((entry) => entry !== null)
		.sort(inOrder);
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

/**
 * A place behind every one that was given on this device before, whichever tab asks, and before the database has
 * answered; `highest` is the last one that is known here.
 */
export function nextPlace(owner: Owner, highest: number): number {
	const given = count(Number(readText(placeKey(owner)) ?? 0));
	const place = Math.max(given, highest) + 1;
	writeText(placeKey(owner), String(place));
	return place;
}
