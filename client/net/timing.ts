/** Time as an argument, so that everything that waits can be tested without waiting. */
export interface Timing {
	/** Device time in milliseconds. */
	now(): number;
	/** Calls `act` once after `delay` milliseconds; what is returned cancels it. */
	after(delay: number, act: () => void): () => void;
	/** A number in [0, 1), for jitter. */
	random(): number;
}

export const deviceTiming: Timing = {
	now: () => Date.now(),
	after(delay, act) {
		const timer = setTimeout(act, delay);
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
