import { CLOSED } from "../net/frames";
import type { ConnectionSettings } from "./connectionSettings";
import type { ConnectionState } from "./connectionState";

export type Quality = "excellent" | "good" | "poor" | "disconnected";
export type Health = "HEALTHY" | "DEGRADED" | "OFFLINE";

/** Why the socket is away. */
export type Reason =
	/** The device says that it has no network. */
	| "offline"
	/** It was lost, or could not be opened. */
	| "unreachable"
	/** It opened or hung, and nothing was heard. */
	| "unanswered"
	| "restarting"
	/** This device read too slowly. */
	| "slow"
	/** Too much was sent; the server named a wait. */
	| "flood"
	/** The server failed. */
	| "fault"
	/** The server does not speak this page's protocol any more. */
	| "outdated";

/** R23: how this page is connected right now. */
export interface ConnectionStatus {
	isConnected: boolean;
	quality: Quality;
	health: Health;
	/** Last measured round trip in milliseconds; null while there is none. */
	latency: number | null;
	connectionType: "websocket" | "polling" | "none";
	/** Attempts to open the socket since it was last open, at most `maxReconnectAttempts`. */
	reconnectAttempts: number;
	/** When the socket is tried again, in milliseconds of `performance.now()`; null while it is open or being opened. */
	nextAttemptAt: number | null;
	/** Null while the socket is open, or was not lost yet. */
	reason: Reason | null;
}

export const notConnected: ConnectionStatus = {
	isConnected: false,
	quality: "disconnected",
	health: "OFFLINE",
	latency: null,
	connectionType: "none",
	reconnectAttempts: 0,
	nextAttemptAt: null,
	reason: null,
};

export function statusOf(state: ConnectionState, settings: ConnectionSettings): ConnectionStatus {
	if (!state.isRunning) return notConnected;
	const isOpen = state.socket === "open";
	const connectionType = isOpen ? "websocket" : state.poll === "up" ? "polling" : "none";
	const isConnected = connectionType !== "none";
	const latency = isConnected ? state.latency : null;
	return {
		isConnected,
		quality: isConnected ? qualityOf(latency) : "disconnected",
		health: isConnected ? healthOf(latency) : "OFFLINE",
		latency,
		connectionType,
		reconnectAttempts: isOpen ? 0 : Math.min(state.losses, settings.maxReconnectAttempts),
		nextAttemptAt: state.timers.retry ?? null,
		reason: isOpen ? null : state.reason,
	};
}

export const isPoor = (latency: number | null): boolean => latency !== null && latency >= 300;

/**
 * R22's table. A line that was not measured yet counts as good. `disconnected` is also the word for a line that carries
 * events and takes a second or more: `isConnected` tells the two apart.
 */
function qualityOf(latency: number | null): Quality {
	if (latency === null) return "good";
	if (isPoor(latency)) return latency < 1_000 ? "poor" : "disconnected";
	return latency < 100 ? "excellent" : "good";
}

function healthOf(latency: number | null): Health {
	if (latency === null || latency < 500) return "HEALTHY";
	return latency < 2_000 ? "DEGRADED" : "OFFLINE";
}

const REASONS: Readonly<Record<number, Reason>> = {
	[CLOSED.policy]: "outdated",
	[CLOSED.fault]: "fault",
	[CLOSED.restarting]: "restarting",
	[CLOSED.tooSlow]: "slow",
	[CLOSED.flood]: "flood",
};

/** What a close code says about the reason. */
export const reasonOf = (code: number): Reason => REASONS[code] ?? "unreachable";
