import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
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
	useEffect(() => {
		if (!modal) return;
		const onMove = () => personal.peek()?.bringToFront(marked());
		addEventListener("popstate", onMove);
		return () => removeEventListener("popstate", onMove);
	}, [modal]);
	useEffect(() => {
		if (!modal) return;
		// Also those that come back from the device after the page.
		if (windows?.length) personal.peek()?.putAwayBut(path);
		const mark = marked();
		if (front === mark) return;
		if (front === null) history.back();
		else if (mark === null) history.pushState({ [MARK]: front }, "");
		else history.replaceState({ [MARK]: front }, "");
	}, [modal, front, path, windows]);
}

/** Calls `act` when no window that was closed has an entry in the history any more: at once, or after going back. */
export function whenUnmarked(act: () => void): void {
	if (marked() === null) act();
	else addEventListener("popstate", act, { once: true });
}
