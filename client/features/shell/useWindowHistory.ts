import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { owner } from "../../state/session";
import { personal } from "../../state/whenPersonal";

const MARK = "window";

/** The window that this entry of the browser's history stands for, or null. */
function marked(): string | null {
	const id: unknown = (history.state as Record<string, unknown> | null)?.[MARK];
	return typeof id === "string" ? id : null;
}

/**
 * Gives a window that covers the screen an entry of its own in the browser's history, so that Back puts it away and
 * stays on the page, and Forward brings it back. `front` is the id of the window that does, null while none does.
 */
export function useWindowHistory(modal: boolean, front: string | null): void {
	const { path } = useLocation();
	const windows = personal.value?.windows.value;
	/** Until then, that no window is in front says nothing about the one of this entry. */
	const isKnown = windows !== undefined && owner.value !== null;
	/** A step back of our own is under way: until the browser has taken it, `history.state` is the entry left. */
	const isLeaving = useRef(false);
	const [arrivals, setArrivals] = useState(0);
	useEffect(() => {
		if (!modal) return;
		const onMove = () => {
			// Our own step asks nothing of the windows, of which one may have been opened since.
			if (isLeaving.current) setArrivals((count) => count + 1);
			else personal.peek()?.bringToFront(marked());
			isLeaving.current = false;
		};
		addEventListener("popstate", onMove);
		return () => {
			removeEventListener("popstate", onMove);
			isLeaving.current = false;
		};
	}, [modal]);
	// With the window itself, not after it was painted: a quick Back would leave the page otherwise.
	useLayoutEffect(() => {
		if (!modal || !windows) return;
		// Also those that come back from the device after the page.
		if (windows.length) personal.peek()?.putAwayBut(path);
		const mark = marked();
		if (front === mark || isLeaving.current) return;
		if (front === null) {
			if (!isKnown) return;
			isLeaving.current = true;
			history.back();
		} else if (mark === null) history.pushState({ [MARK]: front }, "");
		else history.replaceState({ [MARK]: front }, "");
	}, [modal, front, path, windows, isKnown, arrivals]);
}

/** Calls `act` when no window that was closed has an entry in the history any more: at once, or after going back. */
export function whenUnmarked(act: () => void): void {
	if (marked() === null) act();
	else addEventListener("popstate", act, { once: true });
}
