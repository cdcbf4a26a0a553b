/** The texts that a person thinks are refused by mistake, and what became of asking. */
import { isFields, oneOf, stamp, text, textOrNull } from "./decode";
import { appealsKey, type Owner } from "./keys";
import { readJson, removeKey, writeJson } from "./local";

const KINDS = [
	"message",
	"customerName",
	"location",
	"note",
	"reason",
	"displayName",
	"profile",
] as const;
const STATES = ["open", "allowed", "rejected"] as const;
/** Older ones make room. */
const MOST = 20;

export interface Appeal {
	/** The server's name of it; null where it let the text pass without having to ask anybody. */
	id: string | null;
	kind: (typeof KINDS)[number];
	/** Null where there is no conversation yet. */
	conversationId: string | null;
	/** As the server stores it. */
	text: string;
	/** `open`: the operator has not looked yet; `allowed`: it may be sent once; `rejected`: it stays refused. */
	status: (typeof STATES)[number];
	/** When it was asked, device time in milliseconds. */
	at: number;
}

/** Oldest first. */
export function readAppeals(owner: Owner): Appeal[] {
	return (readJson(appealsKey(owner), Array.isArray) ?? []).flatMap(decoded);
}

export function writeAppeals(owner: Owner, appeals: readonly Appeal[]): void {
	if (appeals.length === 0) removeKey(appealsKey(owner));
	else writeJson(appealsKey(owner), appeals.slice(-MOST));
}

function decoded(stored: unknown): Appeal[] {
	if (!isFields(stored)) return [];
	const kind = oneOf(stored.kind, KINDS);
	const status = oneOf(stored.status, STATES);
	const about = text(stored.text);
	if (!kind || !status || !about) return [];
	const id = textOrNull(stored.id);
	// Of one without a name nothing would be heard any more: it can be asked about again.
	if (status === "open" && id === null) return [];
	const conversationId = textOrNull(stored.conversationId);
	return [{ id, kind, conversationId, text: about, status, at: stamp(stored.at) ?? 0 }];
}
