export type Quality = "excellent" | "good" | "poor" | "disconnected";

/** R23: how this page is connected right now. */
export interface ConnectionStatus {
	isConnected: boolean;
	quality: Quality;
	/** Last measured round trip in milliseconds; null while there is none. */
	latency: number | null;
	connectionType: "websocket" | "polling" | "none";
	/** Attempts to open the socket since it was last open. */
	reconnectAttempts: number;
	/** When the socket is tried again (device time, ms); null while it is open or being opened. */
	nextAttemptAt: number | null;
}

export const notConnected: ConnectionStatus = {
	isConnected: false,
	quality: "disconnected",
	latency: null,
	connectionType: "none",
	reconnectAttempts: 0,
	nextAttemptAt: null,
};

/** `before` with what changed, and with what follows from it. */
export function statusAfter(
	before: ConnectionStatus,
	change: Partial<ConnectionStatus>,
): ConnectionStatus {
	const next = { ...before, ...change };
	const isConnected = next.connectionType !== "none";
	const latency = isConnected ? next.latency : null;
	return { ...next, isConnected, latency, quality: qualityOf(next.connectionType, latency) };
}

/** R22: excellent below 100 ms, good below 300 ms, else poor. A line that was not measured yet counts as good. */
function qualityOf(type: ConnectionStatus["connectionType"], latency: number | null): Quality {
	if (type === "none") return "disconnected";
	if (latency === null) return "good";
	if (latency < 100) return "excellent";
	return latency < 300 ? "good" : "poor";
}
