import { CLOSED, floodWait } from "../net/frames";
import type { ConnectionSettings } from "./connectionSettings";

/** Each wait is shortened by up to this share, so that a thousand clients do not come back in one moment. */
const JITTER = 0.25;
const RESTART_SPREAD = 1_000;

export interface Loss {
	/** How many in a row, from 1. */
	attempt: number;
	code: number;
	reason: string;
}

/**
 * How long to wait before opening the socket again, in milliseconds: what the close code asks for, else R20's
 * ladder 1, 2, 4, 8, 16, 30 s. `chance` is in [0, 1).
 */
export function reconnectDelay(
	{ attempt, code, reason }: Loss,
	settings: ConnectionSettings,
	chance: number,
): number {
	if (code === CLOSED.flood) return floodWait(reason);
	if (code === CLOSED.restarting && attempt === 1) return chance * RESTART_SPREAD;
	if (code === CLOSED.tooSlow && attempt === 1) return 0;
	const { baseReconnectDelay, maxReconnectDelay, maxReconnectAttempts } = settings;
	const isLadder = attempt <= maxReconnectAttempts;
	const step = isLadder ? baseReconnectDelay * 2 ** (attempt - 1) : maxReconnectDelay;
	return Math.min(step, maxReconnectDelay) * (1 - JITTER * chance);
}
