import type { EventBatch } from "./types";

/** The frames of the socket, as docs/protocol.md lists them. */
export const PROTOCOL = 1;

export type ClientFrame =
	| { type: "hello"; v: typeof PROTOCOL; after: string }
	| { type: "ping"; t: number }
	| { type: "ack"; cursor: string }
	| ToldFrame;

/** What a person does right now, and whom she watches: never stored, lost without harm. */
export type ToldFrame =
	| { type: "typing"; conversationId: string }
	/** Replaces what was watched before; to be said again on every new socket. */
	| { type: "presence"; watch: readonly string[] };

/** So many conversations may be watched at once. */
export const MOST_WATCHED = 20;

export interface StatusFrame {
	type: "therapist.status";
	therapistId: string;
	status: "available" | "busy" | "offline";
}

export interface TypingFrame {
	type: "typing";
	conversationId: string;
	/** The member who types. */
	role: "customer" | "therapist";
}

/** How it stands with the other member; `isOnline` null where she does not share it. */
export interface PresenceFrame {
	type: "presence";
	conversationId: string;
	isOnline: boolean | null;
	lastSeenAt: string | null;
}

export type EphemeralFrame = TypingFrame | PresenceFrame;

export type ServerFrame =
	| {
			type: "welcome";
			v: number;
			cursor: string;
			/** The number of the event that the cursor stands behind. */
			seq: number;
			reset: boolean;
			serverTime: string;
	  }
	| ({ type: "events" } & Omit<EventBatch, "reset">)
	| { type: "pong"; t: number; head: number; serverTime: string }
	| StatusFrame
	| EphemeralFrame;

export const CLOSED = {
	policy: 1008,
	fault: 1011,
	restarting: 1012,
	signedOut: 4001,
	tooSlow: 4008,
	flood: 4029,
} as const;

/** The frame, or null for what is not a JSON object with a type: it is ignored, as is a type nobody knows. */
export function readFrame(text: unknown): ServerFrame | null {
	if (typeof text !== "string") return null;
	try {
		const frame: unknown = JSON.parse(text);
		const isFrame = typeof frame === "object" && frame !== null && "type" in frame;
		return isFrame ? (frame as ServerFrame) : null;
	} catch {
		return null;
	}
}

/** How long a `4029` asks to stay away (`retry-after=SECONDS`), in milliseconds; 30 s when it does not say. */
export function floodWait(reason: string): number {
	const seconds = Number(/retry-after=(\d+)/.exec(reason)?.[1] ?? 30);
	return seconds * 1000;
}
