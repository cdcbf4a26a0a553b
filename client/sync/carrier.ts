import type { Api } from "../net/api";
import { CLOSED, type EphemeralFrame, type StatusFrame, type ToldFrame } from "../net/frames";
import { startPolling } from "../net/longpoll";
import { openSocket, type Socket, type SocketParts } from "../net/socket";
import { reconnectDelay } from "./backoff";
import { type ConnectionStatus, notConnected, statusAfter } from "./connectionStatus";
import { createFallback } from "./fallback";
import type { Stream } from "./stream";

/** R20 allows 2 s from the socket's loss to the first events by poll; the poll itself needs some of them. */
const POLL_AFTER = 1_000;
/** A socket that lived shorter than this did not end the run of losses. */
const STEADY = 5_000;
/** Several signs of the same return come within a moment; one new attempt answers all of them. */
const ONE_RETURN = 500;
/** While the browser says it is offline the socket is only tried now and then: the browser may be wrong. */
const OFFLINE_CHECK = 30_000;

export interface CarrierParts extends SocketParts {
	api: Pick<Api, "events">;
	stream: Stream;
	status(status: ConnectionStatus): void;
	therapistStatus(frame: StatusFrame): void;
	ephemeral(frame: EphemeralFrame): void;
	/** The server ended the session. */
	signedOut(): void;
	/** The server does not speak this page's protocol any more. */
	outdated(): void;
}

/** Brings the stream's events: by the socket, and by long-poll whenever the socket is not there. */
export interface Carrier {
	/** Connects anew. Without a session there is nothing to poll for. */
	start(hasSession: boolean): void;
	stop(): void;
	/** Something spoke for a better network, or the page is seen again: acts at once. */
	wake(): void;
	/** The browser says there is no network. */
	offline(): void;
	ack(cursor: string): void;
	/** Goes out if the socket is open, else never: it would be too late. */
	tell(frame: ToldFrame): void;
}

export function createCarrier(parts: CarrierParts): Carrier {
	const { timing, stream, log } = parts;
	let status = notConnected;
	let socket: Socket | null = null;
	let welcomedAt: number | null = null;
	let openedAt = Number.NEGATIVE_INFINITY;
	let losses = 0;
	let isRunning = false;
	let hasSession = false;
	let cancelRetry = () => {};

	const polling = createFallback(timing, () => {
		log("carrier", "long-poll begins");
		return startPolling(parts.api, timing, {
			cursor: stream.cursor,
			batch: (batch) => stream.receive(batch),
			answered: (latency) =>
				show({ connectionType: "polling", ...(latency !== null && { latency }) }),
			failed: () => show({ connectionType: "none" }),
			signedOut: ended,
		});
	});

	function show(change: Partial<ConnectionStatus>): void {
		status = statusAfter(status, change);
		parts.status(status);
	}

	function connect(): void {
		cancelRetry();
		socket?.close();
		welcomedAt = null;
		openedAt = timing.elapsed();
		show({ nextAttemptAt: null });
		if (hasSession) polling.due(POLL_AFTER);
		socket = openSocket(parts, stream.cursor(), {
			welcome: welcomed,
			batch: (batch) => stream.receive(batch),
			pong(latency, head) {
				show({ latency });
				if (hasSession) stream.noticeHead(head);
			},
			therapistStatus: parts.therapistStatus,
			ephemeral: parts.ephemeral,
			lost,
		});
	}

	function welcomed(cursor: string, seq: number, reset: boolean): void {
		welcomedAt = timing.elapsed();
		polling.end();
		show({ connectionType: "websocket", reconnectAttempts: 0, nextAttemptAt: null });
		if (!hasSession) return;
		if (reset) stream.receive({ events: [], cursor, reset });
		stream.standsBehind(seq, cursor);
	}

	function lost(code: number, reason: string): void {
		const wasSteady = welcomedAt !== null && timing.elapsed() - welcomedAt >= STEADY;
		socket = null;
		welcomedAt = null;
		if (code === CLOSED.signedOut) {
			ended();
			return;
		}
		if (code === CLOSED.policy) parts.outdated();
		losses = wasSteady ? 1 : losses + 1;
		const delay = reconnectDelay(losses, code, reason, timing.random);
		if (!polling.isOn()) show({ connectionType: "none" });
		retryIn(delay);
		if (hasSession) polling.due(POLL_AFTER);
	}

	function ended(): void {
		stop();
		parts.signedOut();
	}

	function retryIn(delay: number): void {
		cancelRetry();
		cancelRetry = timing.after(delay, connect);
		log("carrier", `socket again in ${Math.round(delay)} ms, attempt ${losses}`);
		show({ reconnectAttempts: losses, nextAttemptAt: timing.now() + delay });
	}

	function drop(): void {
		cancelRetry();
		polling.end();
		socket?.close();
		socket = null;
		welcomedAt = null;
	}

	function stop(): void {
		isRunning = false;
		losses = 0;
		drop();
		show(notConnected);
	}

	return {
		start(withSession) {
			// Where sockets hang, they hang for the next person too: no second is lost on finding that out again.
			const isHanging = socket && welcomedAt === null && timing.elapsed() - openedAt >= POLL_AFTER;
			stop();
			isRunning = true;
			hasSession = withSession;
			if (isHanging && hasSession) polling.due(0);
			connect();
		},
		stop,
		wake() {
			if (!isRunning) return;
			if (socket && welcomedAt !== null) return socket.check();
			if (socket && timing.elapsed() - openedAt < ONE_RETURN) return;
			polling.end();
			if (hasSession) polling.due(0);
			connect();
		},
		offline() {
			if (!isRunning) return;
			drop();
			show({ connectionType: "none", nextAttemptAt: timing.now() + OFFLINE_CHECK });
			cancelRetry = timing.after(OFFLINE_CHECK, connect);
		},
		ack(cursor) {
			if (welcomedAt !== null) socket?.ack(cursor);
		},
		tell(frame) {
			if (welcomedAt !== null) socket?.tell(frame);
		},
	};
}
