/** How near a deadline is: before half of its time, after it, or in the last two minutes. */
export type CountdownStage = "calm" | "half" | "last" | "over";

const LAST_SECONDS = 120;

/** The stage at `secondsLeft` of `totalSeconds`. */
export function stageOf(secondsLeft: number, totalSeconds: number): CountdownStage {
	if (secondsLeft <= 0) return "over";
	if (secondsLeft <= LAST_SECONDS) return "last";
	return secondsLeft <= totalSeconds / 2 ? "half" : "calm";
}

/** Whole seconds from `now` to `deadline` (both ms), never below 0. */
export function secondsUntil(deadline: number, now: number): number {
	return Math.max(0, Math.ceil((deadline - now) / 1000));
}
