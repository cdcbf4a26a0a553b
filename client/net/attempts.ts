import { isFinal, type Result } from "./problem";
import { pause, type Timing } from "./timing";

/** R3: three attempts, one second after the first and two after the second. */
export const SUBMIT_DELAYS: readonly number[] = [1_000, 2_000];
/** A server that wants to be left alone longer than this is asked again later, not while someone looks on. */
const PATIENCE = 5_000;

export interface Attempts<Value> {
	result: Result<Value>;
	attempts: number;
	/** Milliseconds from the first attempt to the last answer. */
	duration: number;
}

/**
 * Repeats `attempt` until it succeeds or is finally refused, at most once more per delay (milliseconds).
 * `attempt` is told which one it is, from 1.
 * Only for what carries its own key, or is harmless to repeat.
 */
export async function attemptRepeatedly<Value>(
	timing: Timing,
	delays: readonly number[],
	attempt: (number: number) => Promise<Result<Value>>,
): Promise<Attempts<Value>> {
	const startedAt = timing.elapsed();
	for (let attempts = 1; ; attempts++) {
		const result = await attempt(attempts);
		const delay = delays[attempts - 1];
		const wait = result.ok ? 0 : (result.error.retryAfter ?? 0);
		if (result.ok || isFinal(result.error) || delay === undefined || wait > PATIENCE) {
			return { result, attempts, duration: Math.round(timing.elapsed() - startedAt) };
		}
		await pause(timing, Math.max(delay, wait));
	}
}
