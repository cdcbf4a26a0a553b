/** Time as an argument, so that everything that waits can be tested without waiting. */
export interface Timing {
	/** Device time in milliseconds since the epoch: for stamps. It goes back when somebody sets the clock. */
	now(): number;
	/** Milliseconds since the page began: for measuring and waiting. It never goes back and never jumps. */
	elapsed(): number;
	/** Calls `act` once after `delay` milliseconds (at most 24 days); what is returned cancels it. */
	after(delay: number, act: () => void): () => void;
	/** A number in [0, 1), for jitter. */
	random(): number;
}

/** R20's ladder in milliseconds; its last step repeats. */
const LADDER = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/** How long to wait before the next try after so many failures in a row (from 1), in milliseconds. */
export const retryDelay = (failures: number): number =>
	LADDER[Math.min(failures, LADDER.length) - 1] ?? 0;

/** Browsers fire a longer timeout at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export const deviceTiming: Timing = {
	now: () => Date.now(),
	elapsed: () => performance.now(),
	after(delay, act) {
		const timer = setTimeout(act, Math.min(delay, LONGEST_TIMEOUT));
		return () => clearTimeout(timer);
	},
	random: () => Math.random(),
};

/** Resolves after `delay` milliseconds, or at once when `signal` is aborted. */
export function pause(timing: Timing, delay: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal?.aborted) return resolve();
		const cancel = timing.after(delay, () => {
			signal?.removeEventListener("abort", stop);
			resolve();
		});
		const stop = () => {
			cancel();
			resolve();
		};
		signal?.addEventListener("abort", stop, { once: true });
	});
}

/** A line for a person who follows what happens: a short topic, then what happened. */
export type Log = (topic: string, line: string) => void;
