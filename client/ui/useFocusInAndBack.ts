import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Moves the focus into the element when it appears, and to where it was when it goes. */
export function useFocusInAndBack<T extends HTMLElement>(): RefObject<T> {
	const box = useRef<T>(null);
	useEffect(() => {
		const element = box.current;
		const before = document.activeElement;
		// Something inside may have asked for the focus already.
		if (!element?.contains(before)) element?.focus({ preventScroll: true });
		return () => {
			const now = document.activeElement;
			const isLost = now === null || now === document.body || element?.contains(now);
			if (isLost && before instanceof HTMLElement && before.isConnected) {
				before.focus({ preventScroll: true });
			}
		};
	}, []);
	return box;
}
