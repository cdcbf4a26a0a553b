import type { Api } from "./api";
import { pause, type Timing } from "./timing";
import type { EventBatch } from "./types";

/** Seconds that the server may hold a poll: with the seconds below as long as the socket's heartbeat and its patience. */
const HOLD = 15;
/** R20: at most this long between polls when the server cannot hold them. */
const LONGEST_PAUSE = 3_000;
/** Milliseconds: an empty answer that came sooner was not held. */
const HELD = 1_000;
/** One hold may end early for a good reason, such as a server that hands over; a second in a row says it cannot hold. */
const EARLY_ENDS = 2;

export interface PollListener {
	cursor(): string;
	/** An answer came; `latency` in milliseconds when the server did not hold it. */
	answered(latency: number | null): void;
	batch(batch: EventBatch): void;
	/** `status` as in a Problem; `wait` is what the server asked for, in milliseconds. */
	failed(status: number | null, wait: number): void;
	signedOut(): void;
}

/** Polls until what is returned is called. The first poll is not held: it tells at once whether polling works. */
export function startPolling(
	api: Pick<Api, "events">,
	timing: Timing,
	on: PollListener,
): () => void {
	const stopping = new AbortController();
	void pollOn(api, timing, on, stopping.signal);
	return () => stopping.abort();
}

async function pollOn(
	api: Pick<Api, "events">,
	timing: Timing,
	on: PollListener,
	signal: AbortSignal,
): Promise<void> {
	let failures = 0;
	let earlyEnds = 0;
	for (let hold = 0; !signal.aborted; ) {
		const askedAt = timing.elapsed();
		const result = await api.events(on.cursor(), hold, signal);
		if (signal.aborted) return;
		if (!result.ok) {
			if (result.error.status === 401) return on.signedOut();
			failures += 1;
			hold = 0;
			const asked = result.error.retryAfter ?? 0;
			on.failed(result.error.status, asked);
			await pause(timing, Math.max(Math.min(failures * 1000, LONGEST_PAUSE), asked), signal);
			continue;
		}
		const took = timing.elapsed() - askedAt;
		failures = 0;
		on.answered(hold === 0 ? Math.round(took) : null);
		on.batch(result.value);
		const endedEarly = hold > 0 && result.value.events.length === 0 && took < HELD;
		earlyEnds = endedEarly ? earlyEnds + 1 : 0;
		if (earlyEnds >= EARLY_ENDS) await pause(timing, LONGEST_PAUSE, signal);
		// Between two holds in which nothing happened the line is measured.
		const wasIdle = hold > 0 && result.value.events.length === 0 && !endedEarly;
		hold = wasIdle ? 0 : HOLD;
	}
}
