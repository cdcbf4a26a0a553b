/** Whether the other member of a conversation is here. It is never stored: without the line, nothing is known. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { MOST_WATCHED } from "../net/frames";
import { connectionStatus, watchPresence, whenEphemeral } from "./live";
import { owner } from "./session";

/** `lastSeenAt`: milliseconds since the epoch, by the server's clock. */
export type Presence = { isOnline: true } | { isOnline: false; lastSeenAt: number };

const known = signal<ReadonlyMap<string, Presence>>(new Map());
/** How many parts of the screen watch each conversation. */
const watchers = new Map<string, number>();

/** How it stands with the other member, or null where it is not known, or not shared. */
export function presenceIn(conversationId: string): ReadonlySignal<Presence | null> {
	return computed(() => known.value.get(conversationId) ?? null);
}

/** Wants to hear of this conversation, until what is returned is called. */
export function followPresence(conversationId: string): () => void {
	count(conversationId, 1);
	return () => count(conversationId, -1);
}

function count(conversationId: string, change: 1 | -1): void {
	const before = watchers.get(conversationId) ?? 0;
	watchers.set(conversationId, before + change);
	if (before + change === 0) {
		watchers.delete(conversationId);
		note(conversationId, null);
	}
	if (before === 0 || before + change === 0) {
		watchPresence([...watchers.keys()].slice(-MOST_WATCHED));
	}
}

function note(conversationId: string, presence: Presence | null): void {
	const next = new Map(known.peek());
	if (presence) next.set(conversationId, presence);
	else next.delete(conversationId);
	known.value = next;
}

whenEphemeral((frame) => {
	// Another tab of this browser may watch more than this one.
	if (frame.type !== "presence" || !watchers.has(frame.conversationId)) return;
	const lastSeenAt = Date.parse(frame.lastSeenAt ?? "");
	if (frame.isOnline) note(frame.conversationId, { isOnline: true });
	else if (frame.isOnline === null || !lastSeenAt) note(frame.conversationId, null);
	else note(frame.conversationId, { isOnline: false, lastSeenAt });
});

function forget(): void {
	known.value = new Map();
}

// An "online" from before the line was lost would be a lie; on the new one the server says it anew.
connectionStatus.subscribe(({ connectionType }) => {
	if (connectionType !== "websocket") forget();
});
owner.subscribe(forget);
