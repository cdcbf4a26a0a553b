import { CLOSED, floodWait } from "../net/frames";

/** R20's ladder in milliseconds; its last step repeats. */
const LADDER = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** Each wait is shortened by up to this share, so that a thousand clients do not come back in one moment. */
const JITTER = 0.25;
const RESTART_SPREAD = 1_000;

/** How long to wait before opening the socket again after the `attempt`-th loss in a row (from 1), in milliseconds. */
export function reconnectDelay(
	attempt: number,
	code: number,
	reason: string,
	random: () => number,
): number {
	if (code === CLOSED.restarting && attempt === 1) return random() * RESTART_SPREAD;
	if (code === CLOSED.tooSlow && attempt === 1) return 0;
	if (code === CLOSED.flood) return floodWait(reason);
	const step = LADDER[Math.min(attempt, LADDER.length) - 1] ?? 0;
	return step * (1 - JITTER * random());
}
