import { useRef } from "preact/hooks";

/** Milliseconds and CSS pixels within which two taps are one double tap. */
const QUICK = 400;
const NEAR = 24;

interface Tap {
	at: number;
	x: number;
	y: number;
	/** The name of the button or link that was meant: the same may have been drawn anew meanwhile. */
	on: string;
}

/**
 * Keeps the second tap of a double tap from what has come under the finger meanwhile: it was meant for what stood
 * there, and would send a booking that nobody has read, or accept the next request. For `onClickCapture`.
 */
export function useSecondTap(): (event: MouseEvent) => void {
	const before = useRef<Tap | null>(null);
	return (event) => {
		// A key press has no place, and what is no button does nothing.
		const pressed = event.target instanceof Element ? event.target.closest("button, a") : null;
		if (event.detail === 0 || !pressed) return;
		const on = pressed.getAttribute("aria-label") ?? pressed.textContent ?? "";
		const tap = { at: event.timeStamp, x: event.clientX, y: event.clientY, on };
		const last = before.current;
		before.current = tap;
		if (!last || last.on === on || tap.at - last.at > QUICK) return;
		if (Math.hypot(tap.x - last.x, tap.y - last.y) > NEAR) return;
		// A third one is no better.
		before.current = { ...tap, on: last.on };
		event.preventDefault();
		event.stopPropagation();
	};
}
