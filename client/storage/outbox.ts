import type { Problem } from "../net/problem";
import { type Owner, outboxPrefix, typedKey } from "./keys";
import { keysStarting, readJson, readText, removeKey, writeJson, writeText } from "./local";

/** A message that the server has not answered yet, or has refused. */
export interface OutboxEntry {
	clientId: string;
	conversationId: string;
	text: string;
	/** Device time, ms. */
	writtenAt: number;
	/** Its place among what was written on this device. */
	place: number;
	/** Why the server refused it; null while it is to be sent. */
	refusal: Problem | null;
}

/** What waits on this device, in the order in which it was written. */
export function readOutbox(owner: Owner): OutboxEntry[] {
	return keysStarting(outboxPrefix(owner))
		.map((key) => readJson(key, isEntry))
		.filter((entry) => entry !== null)
		.sort((one, other) => one.writtenAt - other.writtenAt || one.place - other.place);
}

/** A key for each entry, so that two tabs cannot overwrite each other's. False when it will not survive a reload. */
export function writeEntry(owner: Owner, entry: OutboxEntry): boolean {
	return writeJson(outboxPrefix(owner) + entry.clientId, entry);
}

export function removeEntry(owner: Owner, clientId: string): void {
	removeKey(outboxPrefix(owner) + clientId);
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

function isEntry(value: unknown): value is OutboxEntry {
	if (typeof value !== "object" || value === null) return false;
	const entry = value as Record<string, unknown>;
	const texts = [entry.clientId, entry.conversationId, entry.text];
	return (
		texts.every((text) => typeof text === "string") &&
		typeof entry.writtenAt === "number" &&
		typeof entry.place === "number" &&
		typeof entry.refusal === "object"
	);
}
