import { isFinal, type Result } from "../net/problem";
import type { Timing } from "../net/timing";

/** Milliseconds before each further try. After them it is left to whoever says that the server is there again. */
const DELAYS = [1_000, 2_000, 4_000, 8_000];

/** What a stream misses, asked for: one question at a time, until it was answered. */
export interface CatchUp {
	/** Something is missing. What came up while a question is under way may be younger than its answer. */
	ask(): void;
	/** The server is there: asks now what it did not answer before. */
	retry(): void;
	/** Nothing is missing any more. */
	forget(): void;
}

/** `ask` takes the answer in, and tells whether the server has more. */
export function createCatchUp(timing: Timing, ask: () => Promise<Result<boolean>>): CatchUp {
	let isAsking = false;
	let mustAskAgain = false;
	let failures = 0;
	/** Rises with every `forget`, so that a failure of before is recognised. */
	let turn = 0;
	let cancel = () => {};

	async function run(): Promise<void> {
		mustAskAgain = isAsking;
		if (isAsking) return;
		cancel();
		isAsking = true;
		const mine = turn;
		const result = await ask();
		isAsking = false;
		if (result.ok) {
			failures = 0;
			if (mustAskAgain || result.value) queueMicrotask(() => void run());
		} else if (mine === turn && !isFinal(result.error)) {
			const delay = DELAYS[failures];
			failures += 1;
			if (delay === undefined) return;
			cancel = timing.after(Math.max(delay, result.error.retryAfter ?? 0), () => void run());
		}
	}

	return {
		ask: () => void run(),
		retry() {
			if (failures > 0) void run();
		},
		forget() {
			turn += 1;
			failures = 0;
			cancel();
		},
	};
}
