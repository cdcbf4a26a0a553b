import type { Reason } from "./connectionStatus";

/** One of each kind at most. */
export type TimerName =
	/** Opens the socket. */
	| "retry"
	/** Begins to poll. */
	| "poll"
	/** Until the new socket must be welcome. */
	| "welcome"
	/** Until the next ping. */
	| "ping"
	/** Until the ping must be answered. */
	| "pong"
	/** Comes too late when the device slept. */
	| "tick";

/** What a page can notice about the network and about itself. */
export type Sign =
	| "online"
	| "offline"
	| "shown"
	| "hidden"
	/** Frozen, or kept in the back/forward cache. */
	| "away"
	/** Thawed, or taken out of that cache. */
	| "back"
	/** Something spoke for a better network. */
	| "woke"
	/** A person, or code, wants a new connection now. */
	| "reconnect"
	/** Somebody sees the latency, or nobody does any more. */
	| "watched"
	| "unwatched";

export type Input =
	| { type: "start"; hasSession: boolean }
	| { type: "stop" }
	| { type: "timer"; name: TimerName }
	| { type: "sign"; sign: Sign }
	| { type: "welcomed" }
	/** A frame came, whatever it says. */
	| { type: "heard" }
	/** `latency` in milliseconds. */
	| { type: "pong"; latency: number }
	| { type: "closed"; code: number; reason: string }
	/** A poll was answered; `latency` in milliseconds when the server did not hold it. */
	| { type: "answered"; latency: number | null }
	/** A poll failed; `wait` is what the server asked for, in milliseconds. */
	| { type: "failed"; status: number | null; wait: number }
	/** A poll was refused because the session is over. */
	| { type: "refused" };

export type Command =
	| { type: "open" | "close" | "ping" | "poll" | "stopPoll" | "signedOut" | "outdated" }
	| { type: "timer"; name: TimerName; after: number }
	| { type: "cancel"; name: TimerName };

/** When something happened, and a number in [0, 1) for jitter. */
export interface Moment {
	/** Milliseconds on a clock that never jumps. */
	at: number;
	/** Milliseconds on the device's clock, which goes on while the device sleeps. */
	clock: number;
	chance: number;
}

export interface ConnectionState {
	isRunning: boolean;
	/** Without a session there is nothing to poll for. */
	hasSession: boolean;
	isOnline: boolean;
	isShown: boolean;
	isAway: boolean;
	isWatched: boolean;
	socket: "none" | "opening" | "open";
	openedAt: number;
	welcomedAt: number | null;
	isAwaitingPong: boolean;
	/** The ping under way was sent because the line may have changed. */
	isChecking: boolean;
	pongs: number;
	/** `asking`: nothing answered or failed yet. */
	poll: "off" | "asking" | "up" | "down";
	/** Losses of the socket in a row. */
	losses: number;
	latency: number | null;
	reason: Reason | null;
	/** The server asked to be left alone until then: the socket, the poll. */
	socketNotBefore: number;
	pollNotBefore: number;
	/** How far the device's clock is ahead of the other one. */
	clockLead: number;
	/** When each timer that is set is due. */
	timers: Readonly<Partial<Record<TimerName, number>>>;
}

export const atRest: ConnectionState = {
	isRunning: false,
	hasSession: false,
	isOnline: true,
	isShown: true,
	isAway: false,
	isWatched: false,
	socket: "none",
	openedAt: Number.NEGATIVE_INFINITY,
	welcomedAt: null,
	isAwaitingPong: false,
	isChecking: false,
	pongs: 0,
	poll: "off",
	losses: 0,
	latency: null,
	reason: null,
	socketNotBefore: 0,
	pollNotBefore: 0,
	clockLead: 0,
	timers: {},
};
