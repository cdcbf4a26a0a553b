import { useEffect, useState } from "preact/hooks";

/** Whether the page is on the screen, and not in another tab or behind a locked one. */
export function usePageVisible(): boolean {
	const [isVisible, setVisible] = useState(!document.hidden);
	useEffect(() => {
		const follow = () => setVisible(!document.hidden);
		document.addEventListener("visibilitychange", follow);
		return () => document.removeEventListener("visibilitychange", follow);
	}, []);
	return isVisible;
}
