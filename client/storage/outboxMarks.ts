/**
 * Which messages went into the database, as localStorage can say at once, before a slow database is open: what is
 * written meanwhile has to stand behind them.
 */
import { markPrefix, type Owner } from "./keys";
import { keysStarting, readText, removeKey, writeText } from "./local";
import type { OutboxEntry } from "./outboxEntry";

/** Notes that the database has it. Where there is no room for the note it only lives as long as this page. */
export function mark(owner: Owner, { clientId, conversationId }: OutboxEntry): void {
	writeText(markPrefix(owner) + clientId, conversationId);
}

/** Notes that the database has it no more. */
export function unmark(owner: Owner, clientId: string): void {
	removeKey(markPrefix(owner) + clientId);
}

/** The conversation of each message that is noted, by its id. Some may have left: the worker cannot take notes. */
export function marked(owner: Owner): ReadonlyMap<string, string> {
	const prefix = markPrefix(owner);
	return new Map(
		keysStarting(prefix).map((key) => [key.slice(prefix.length), readText(key) ?? ""]),
	);
}
