/** Who writes right now, in both directions. It is never stored, and ends by itself. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { TypingFrame } from "../net/frames";
import { timing } from "./engine";
import { onFacts } from "./facts";
import { connectionStatus, tellTyping, whenEphemeral } from "./live";
import { owner, user } from "./session";

/** How long after the last sign somebody is still said to write, in milliseconds. */
const LASTS = 6_000;
/** The protocol allows one sign in this time, in milliseconds. */
const TELL_EVERY = 3_000;

/** What comes sooner than this after the last sign the server passes over, in milliseconds. */
const HEARD_AGAIN_AFTER = 600;

interface Typist {
	role: TypingFrame["role"];
	/** Ends the waiting for the next sign. */
	cancel(): void;
}

const typists = signal<ReadonlyMap<string, Typist>>(new Map());
const toldAt = new Map<string, number>();

/** Whether the other member of the conversation is writing. */
export function isTyping(conversationId: string): ReadonlySignal<boolean> {
	return computed(() => typists.value.has(conversationId));
}

/** The person changed what she writes in a conversation. Call it for her own keys only, and where she may write. */
export function typeIn(conversationId: string): void {
	if (!user.peek()?.shareTyping) return;
	const at = timing.elapsed();
	if (at - (toldAt.get(conversationId) ?? Number.NEGATIVE_INFINITY) < TELL_EVERY) return;
	toldAt.set(conversationId, at);
	tellTyping(conversationId);
}

/** What was being written is sent: what is typed next is news again. */
export function typedOut(conversationId: string): void {
	const at = toldAt.get(conversationId);
	if (at !== undefined) toldAt.set(conversationId, at - TELL_EVERY + HEARD_AGAIN_AFTER);
}

function begin({ conversationId, role }: TypingFrame): void {
	typists.peek().get(conversationId)?.cancel();
	const cancel = timing.after(LASTS, () => end(conversationId));
	typists.value = new Map(typists.peek()).set(conversationId, { role, cancel });
}

function end(conversationId: string): void {
	typists.peek().get(conversationId)?.cancel();
	const rest = new Map(typists.peek());
	rest.delete(conversationId);
	typists.value = rest;
}

function endAll(): void {
	for (const conversationId of typists.peek().keys()) end(conversationId);
	toldAt.clear();
}

whenEphemeral((frame) => {
	if (frame.type === "typing") begin(frame);
});
// What was being written is here.
onFacts(({ messages }, before) => {
	for (const [conversationId, { role }] of typists.peek()) {
		const newest = messages.get(conversationId)?.at(-1);
		const isNew = newest && newest !== before.messages.get(conversationId)?.at(-1);
		if (isNew && newest.senderRole === role) end(conversationId);
	}
});
connectionStatus.subscribe(({ connectionType }) => {
	if (connectionType !== "websocket") endAll();
});
owner.subscribe(endAll);
