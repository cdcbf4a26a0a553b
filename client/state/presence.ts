/** Whether the other member of a conversation is here. It is never stored: without the line, nothing is known. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { MOST_WATCHED, type PresenceFrame } from "../net/frames";
import { timing } from "./engine";
import { connectionStatus, watchPresence, whenEphemeral } from "./live";
import { owner } from "./session";

/** `lastSeenAt`: milliseconds since the epoch, by the server's clock. */
export type Presence = { isOnline: true } | { isOnline: false; lastSeenAt: number };

/**
 * A server that is replaced sends everybody away and has them back in about a second: for so long (ms) nobody is said
 * to have gone.
 */
const GRACE = 5_000;

let graceEnds = Number.NEGATIVE_INFINITY;
let cancelForgetting = () => {};
let isOpen = false;
/** What was said of somebody during that time, and is believed after it. */
const late = new Map<string, () => void>();

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
	const { conversationId } = frame;
	late.get(conversationId)?.();
	late.delete(conversationId);
	const wait = graceEnds - timing.elapsed();
	const wasOnline = known.peek().get(conversationId)?.isOnline;
	if (frame.isOnline || !wasOnline || wait <= 0) return take(frame);
	late.set(
		conversationId,
		timing.after(wait, () => take(frame)),
	);
});

function take({ conversationId, isOnline, lastSeenAt }: PresenceFrame): void {
	if (!watchers.has(conversationId)) return;
	const seenAt = Date.parse(lastSeenAt ?? "");
	if (isOnline) note(conversationId, { isOnline: true });
	else if (isOnline === null || !seenAt) note(conversationId, null);
	else note(conversationId, { isOnline: false, lastSeenAt: seenAt });
}

function forget(): void {
	graceEnds = Number.NEGATIVE_INFINITY;
	cancelForgetting();
	for (const cancel of late.values()) cancel();
	late.clear();
	known.value = new Map();
}

// An "online" from before the line was lost would be a lie; on the new one the server says it anew.
connectionStatus.subscribe(({ connectionType, reason }) => {
	const wasOpen = isOpen;
	isOpen = connectionType === "websocket";
	if (isOpen) return cancelForgetting();
	if (wasOpen && reason === "restarting") {
		graceEnds = timing.elapsed() + GRACE;
		cancelForgetting();
		cancelForgetting = timing.after(GRACE, forget);
	}
	if (reason === "offline" || timing.elapsed() >= graceEnds) forget();
});
owner.subscribe(forget);
