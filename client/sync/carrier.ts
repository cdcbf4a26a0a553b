import type { Api } from "../net/api";
import type { EphemeralFrame, StatusFrame, ToldFrame } from "../net/frames";
import { startPolling } from "../net/longpoll";
import { openSocket, type Socket, type SocketListener, type SocketParts } from "../net/socket";
import { step } from "./connection";
import { type ConnectionSettings, defaultSettings } from "./connectionSettings";
import { atRest, type Command, type Input, type Sign, type TimerName } from "./connectionState";
import { type ConnectionStatus, notConnected, statusOf } from "./connectionStatus";
import type { Stream } from "./stream";

export interface CarrierParts extends SocketParts {
	api: Pick<Api, "events">;
	stream: Stream;
	/** R20's settings, asked for at every start; without it the defaults. */
	settings?: () => ConnectionSettings;
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
	/** What was noticed about the network, the page or the person. */
	sense(sign: Sign): void;
	/** Something spoke for a better network: acts at once. */
	wake(): void;
	/** The browser says there is no network. */
	offline(): void;
	ack(cursor: string): void;
	/** Goes out if the socket is open, else never: it would be too late. */
	tell(frame: ToldFrame): void;
}

/** Carries out what the state machine of `connection.ts` commands, and tells it what came of it. */
export function createCarrier(parts: CarrierParts): Carrier {
	const { timing, stream, log } = parts;
	let settings = defaultSettings;
	let state = atRest;
	let status = notConnected;
	let socket: Socket | null = null;
	let stopPolling = () => {};
	const cancels = new Map<TimerName, () => void>();
	const inputs: Input[] = [];
	let isFeeding = false;

	/** One input at a time: what a command or a listener brings about waits for its turn. */
	function feed(input: Input): void {
		inputs.push(input);
		if (isFeeding) return;
		isFeeding = true;
		try {
			for (let next = inputs.shift(); next; next = inputs.shift()) digest(next);
		} finally {
			isFeeding = false;
		}
	}

	function digest(input: Input): void {
		const moment = { at: timing.elapsed(), clock: timing.now(), chance: timing.random() };
		const { state: next, commands } = step(state, input, moment, settings);
		state = next;
		show(statusOf(state, settings));
		for (const command of commands) run(command);
	}

	function show(next: ConnectionStatus): void {
		const names = Object.keys(next) as (keyof ConnectionStatus)[];
		if (names.every((name) => next[name] === status[name])) return;
		if (next.connectionType !== status.connectionType) {
			const why = next.reason ? ` (${next.reason})` : "";
			log("carrier", `${status.connectionType} → ${next.connectionType}${why}`);
		}
		status = next;
		parts.status(next);
	}

	function run(command: Command): void {
		if (command.type === "timer") setTimer(command.name, command.after);
		else if (command.type === "cancel") cancels.get(command.name)?.();
		else acts[command.type]();
	}

	function setTimer(name: TimerName, after: number): void {
		cancels.get(name)?.();
		cancels.set(
			name,
			timing.after(after, () => feed({ type: "timer", name })),
		);
		if (name !== "retry") return;
		log("carrier", `socket again in ${Math.round(after)} ms, attempt ${state.losses + 1}`);
	}

	const listener: SocketListener = {
		welcome(cursor, seq, reset) {
			feed({ type: "welcomed" });
			if (!state.hasSession) return;
			if (reset) stream.receive({ events: [], cursor, reset });
			stream.standsBehind(seq, cursor);
		},
		heard: () => feed({ type: "heard" }),
		batch: (batch) => stream.receive(batch),
		pong(latency, head) {
			feed({ type: "pong", latency });
			if (state.hasSession) stream.noticeHead(head);
		},
		therapistStatus: parts.therapistStatus,
		ephemeral: parts.ephemeral,
		lost: (code, reason) => feed({ type: "closed", code, reason }),
	};

	const acts = {
		open() {
			socket = openSocket(parts, stream.cursor(), listener);
		},
		close: () => socket?.close(),
		ping: () => socket?.ping(),
		poll() {
			log("carrier", "long-poll begins");
			stopPolling = startPolling(parts.api, timing, {
				cursor: stream.cursor,
				batch: (batch) => stream.receive(batch),
				answered: (latency) => feed({ type: "answered", latency }),
				failed: (status, wait) => feed({ type: "failed", status, wait }),
				signedOut: () => feed({ type: "refused" }),
			});
		},
		stopPoll: () => stopPolling(),
		signedOut: () => parts.signedOut(),
		outdated: () => parts.outdated(),
	} satisfies Record<Exclude<Command["type"], "timer" | "cancel">, () => void>;

	return {
		start(hasSession) {
			settings = parts.settings?.() ?? defaultSettings;
			feed({ type: "start", hasSession });
		},
		stop: () => feed({ type: "stop" }),
		sense: (sign) => feed({ type: "sign", sign }),
		wake: () => feed({ type: "sign", sign: "woke" }),
		offline: () => feed({ type: "sign", sign: "offline" }),
		ack: (cursor) => state.socket === "open" && socket?.ack(cursor),
		tell: (frame) => state.socket === "open" && socket?.tell(frame),
	};
}
