import { type ReadonlySignal, signal } from "@preact/signals";
import { serverClock } from "./engine";

const SECOND = 1_000;

/** Milliseconds since the epoch by the server's clock, however wrong the device's clock is. */
export const serverNow = (): number => serverClock.now();

const ticking = signal(serverNow());
let isTicking = false;

/** `serverNow()` once a second, for countdowns; it rests while the page is hidden. */
export const now: ReadonlySignal<number> = ticking;

function tick(): void {
	ticking.value = serverNow();
	if (document.hidden) {
		isTicking = false;
		return;
	}
	isTicking = true;
	// On the second, so that all countdowns on the page change in the same frame.
	setTimeout(tick, SECOND - (ticking.value % SECOND));
}

/** Begins to tick; again is harmless. */
export function startTicking(): void {
	if (!isTicking) tick();
}

document.addEventListener("visibilitychange", () => {
	if (!document.hidden) startTicking();
});
