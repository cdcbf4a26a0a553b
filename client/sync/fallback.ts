import type { Timing } from "../net/timing";

/** The long-poll that stands in for the socket: due a while after the socket is missed, until it is back. */
export interface Fallback {
	/**
	 * It begins after `delay` ms. When it is due already it is not put off: a socket that fails every second must
	 * not keep it away for ever.
	 */
	due(delay: number): void;
	isOn(): boolean;
	end(): void;
}

/** `begin` starts polling and returns what stops it. */
export function createFallback(timing: Timing, begin: () => () => void): Fallback {
	let stop: (() => void) | null = null;
	let cancel: (() => void) | null = null;
	return {
		due(delay) {
			if (stop || cancel) return;
			cancel = timing.after(delay, () => {
				cancel = null;
				stop = begin();
			});
		},
		isOn: () => stop !== null,
		end() {
			cancel?.();
			stop?.();
			cancel = stop = null;
		},
	};
}
