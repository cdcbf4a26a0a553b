/** A timer that comes so late (ms) tells of a page that stood still, not of somebody who does not answer. */
const STOOD_STILL = 500;
/** So often in a row that is an excuse: a hidden page's timers may all be late, and its patience must end too. */
const MOST_EXCUSES = 2;

/** Waiting, in milliseconds of a clock that never jumps. */
export interface Waiting {
	elapsed(): number;
	/** What is returned cancels it. */
	after(delay: number, act: () => void): () => void;
}

/** Of a page, and of the worker. */
export const deviceWaiting: Waiting = {
	elapsed: () => performance.now(),
	after(delay, act) {
		const timer = setTimeout(act, delay);
		return () => clearTimeout(timer);
	},
};

/**
 * Calls `act` once nothing was heard for `delay` milliseconds in which the page could hear something: after a standstill
 * the answer may stand in the queue behind the timer, and has its whole time again. What is returned cancels it.
 */
export function afterSilence(
	timing: Waiting,
	delay: number,
	act: () => void,
	excuses = MOST_EXCUSES,
): () => void {
	const due = timing.elapsed() + delay;
	let cancel = timing.after(delay, () => {
		const isLate = timing.elapsed() - due >= STOOD_STILL;
		if (isLate && excuses > 0) cancel = afterSilence(timing, delay, act, excuses - 1);
		else act();
	});
	return () => cancel();
}
