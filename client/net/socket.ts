import {
	type ClientFrame,
	type EphemeralFrame,
	PROTOCOL,
	readFrame,
	type ServerFrame,
	type StatusFrame,
	type ToldFrame,
} from "./frames";
import type { ServerClock } from "./serverClock";
import type { Log, Timing } from "./timing";
import type { EventBatch } from "./types";

const CONNECT_TIMEOUT = 10_000;
const HEARTBEAT = 15_000;
/** The first measurement is made while the page is still busy starting; this long after it comes a fair one. */
const SECOND_PING = 5_000;
const HEARTBEAT_TIMEOUT = 5_000;
/** Close code of a socket that this side gave up on; the browser's own for "no close frame came". */
const ABNORMAL = 1006;

/** What is used of a browser's WebSocket. */
export type RawSocket = Pick<WebSocket, "onopen" | "onmessage" | "onclose" | "send" | "close">;

export interface SocketParts {
	open(): RawSocket;
	timing: Timing;
	serverClock: ServerClock;
	log: Log;
}

export interface SocketListener {
	/** The server is there, and events follow the one with the number `seq`. */
	welcome(cursor: string, seq: number, reset: boolean): void;
	batch(batch: EventBatch): void;
	/** Round trip in milliseconds, and the newest seq of the stream. */
	pong(latency: number, head: number): void;
	therapistStatus(frame: StatusFrame): void;
	ephemeral(frame: EphemeralFrame): void;
	/** Called once, for whatever reason it ended, unless it was closed from here. */
	lost(code: number, reason: string): void;
}

export interface Socket {
	ack(cursor: string): void;
	tell(frame: ToldFrame): void;
	/** Asks for a sign of life now: the page was away, or the network changed. */
	check(): void;
	close(): void;
}

/**
 * One connection: hello, welcome within 10 s, then a ping every 15 s that must be answered within 5 s.
 * Never reconnects; that is the carrier's.
 */
export function openSocket(parts: SocketParts, after: string, on: SocketListener): Socket {
	const { timing, log } = parts;
	let raw: RawSocket | null = null;
	let cancelDeadline = () => {};
	let cancelPing = () => {};
	let helloAt = 0;
	let isAwaitingPong = false;
	let pongs = 0;

	function send(frame: ClientFrame): void {
		try {
			raw?.send(JSON.stringify(frame));
		} catch {
			end(ABNORMAL, "could not send");
		}
	}

	function detach(): void {
		cancelDeadline();
		cancelPing();
		if (!raw) return;
		raw.onopen = raw.onmessage = raw.onclose = null;
		const closing = raw;
		raw = null;
		try {
			closing.close();
		} catch {
			// Closing what never opened throws in some browsers; it is gone either way.
		}
	}

	function end(code: number, reason: string): void {
		if (!raw) return;
		detach();
		log("socket", `lost: ${code} ${reason}`);
		on.lost(code, reason);
	}

	function expect(within: number, what: string): void {
		cancelDeadline();
		cancelDeadline = timing.after(within, () => end(ABNORMAL, `no ${what} within ${within} ms`));
	}

	function ping(): void {
		cancelPing();
		isAwaitingPong = true;
		expect(HEARTBEAT_TIMEOUT, "answer to a ping");
		send({ type: "ping", t: timing.now() });
	}

	function receive(frame: ServerFrame): void {
		// Any frame is a sign of life: on a slow line a pong stands in a queue behind events.
		if (isAwaitingPong) expect(HEARTBEAT_TIMEOUT, "answer to a ping");
		const arrivedAt = timing.now();
		switch (frame.type) {
			case "welcome":
				parts.serverClock.observe(Date.parse(frame.serverTime), 1, helloAt, arrivedAt);
				log("socket", `welcome${frame.reset ? ", the stream began anew" : ""}`);
				on.welcome(frame.cursor, frame.seq, frame.reset);
				ping();
				break;
			case "events":
				on.batch({ events: frame.events, cursor: frame.cursor, reset: false });
				break;
			case "pong":
				isAwaitingPong = false;
				cancelDeadline();
				cancelPing();
				pongs += 1;
				cancelPing = timing.after(pongs === 1 ? SECOND_PING : HEARTBEAT, ping);
				parts.serverClock.observe(Date.parse(frame.serverTime), 1, frame.t, arrivedAt);
				on.pong(Math.max(0, arrivedAt - frame.t), frame.head);
				break;
			case "therapist.status":
				on.therapistStatus(frame);
				break;
			case "typing":
			case "presence":
				on.ephemeral(frame);
				break;
		}
	}

	function listen(opened: RawSocket): void {
		opened.onopen = () => {
			helloAt = timing.now();
			send({ type: "hello", v: PROTOCOL, after });
		};
		opened.onmessage = ({ data }) => {
			const frame = readFrame(data);
			if (frame) receive(frame);
			else log("socket", "a frame that is none was ignored");
		};
		opened.onclose = ({ code, reason }) => end(code, reason);
	}

	expect(CONNECT_TIMEOUT, "welcome");
	try {
		raw = parts.open();
		listen(raw);
	} catch {
		// A blocked WebSocket throws where it is made; the carrier hears of it like of any other loss.
		cancelDeadline();
		cancelDeadline = timing.after(0, () => on.lost(ABNORMAL, "could not open"));
	}
	return {
		ack: (cursor) => send({ type: "ack", cursor }),
		tell: send,
		check: ping,
		close: detach,
	};
}
