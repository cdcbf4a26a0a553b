/**
 * The server's time, measured on its answers. Each answer bounds the offset between the two clocks: the server
 * stamped it after it was asked for and before it arrived. The bounds of all answers are intersected, so the
 * estimate only gets better; when they contradict each other, a clock was changed and measuring starts anew.
 */
export interface ServerClock {
	/** Milliseconds since the epoch, by the server's clock. */
	now(): number;
	/** `stamp` and `grain` (how far the stamp was rounded down) in server ms, the others in device ms. */
	observe(stamp: number, grain: number, askedAt: number, arrivedAt: number): void;
}

export function createServerClock(deviceNow: () => number): ServerClock {
	let least = Number.NEGATIVE_INFINITY;
	let most = Number.POSITIVE_INFINITY;
	const offset = () => (Number.isFinite(least) ? Math.round((least + most) / 2) : 0);
	return {
		now: () => deviceNow() + offset(),
		observe(stamp, grain, askedAt, arrivedAt) {
			// The device's clock was set back in between: the two times say nothing together.
			if (!Number.isFinite(stamp) || arrivedAt < askedAt) return;
			const low = stamp - arrivedAt;
			const high = stamp + grain - askedAt;
			const contradicts = low > most || high < least;
			least = contradicts ? low : Math.max(least, low);
			most = contradicts ? high : Math.min(most, high);
		},
	};
}
