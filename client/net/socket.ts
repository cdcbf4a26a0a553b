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

/** Close code of a socket that could not be used; the browser's own for "no close frame came". */
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
	/** A frame came, whatever it says; called before what it says. */
	heard(): void;
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
	/** Measures the line; the listener hears of the pong. */
	ping(): void;
	close(): void;
}

/** One connection and its frames, beginning with hello. When to ping, to give up and to come back is the caller's. */
export function openSocket(parts: SocketParts, after: string, on: SocketListener): Socket {
	const { timing, log } = parts;
	let raw: RawSocket | null = null;
	let cancelFailure = () => {};
	let helloAt = 0;
	/** The ping under way by both clocks: the device's is what the server echoes, the other one measures. */
	let pinged: { t: number; at: number } | null = null;

	function send(frame: ClientFrame): void {
		try {
			raw?.send(JSON.stringify(frame));
		} catch {
			end(ABNORMAL, "could not send");
		}
	}

	function detach(): void {
		cancelFailure();
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

	function ping(): void {
		const t = timing.now();
		pinged = { t, at: timing.elapsed() };
		send({ type: "ping", t });
	}

	/** The answer to an older ping is a sign of life and measures nothing. */
	function measure(t: number, head: number): void {
		if (t !== pinged?.t) return;
		const latency = timing.elapsed() - pinged.at;
		pinged = null;
		on.pong(latency, head);
	}

	function receive(frame: ServerFrame): void {
		const arrivedAt = timing.now();
		on.heard();
		switch (frame.type) {
			case "welcome":
				parts.serverClock.observe(Date.parse(frame.serverTime), 1, helloAt, arrivedAt);
				log("socket", `welcome${frame.reset ? ", the stream began anew" : ""}`);
				on.welcome(frame.cursor, frame.seq, frame.reset);
				break;
			case "events":
				on.batch({ events: frame.events, cursor: frame.cursor, reset: false });
				break;
			case "pong":
				parts.serverClock.observe(Date.parse(frame.serverTime), 1, frame.t, arrivedAt);
				measure(frame.t, frame.head);
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

	try {
		raw = parts.open();
		listen(raw);
	} catch {
		// A blocked WebSocket throws where it is made; the caller hears of it like of any other loss.
		cancelFailure = timing.after(0, () => on.lost(ABNORMAL, "could not open"));
	}
	return { ack: (cursor) => send({ type: "ack", cursor }), tell: send, ping, close: detach };
}
