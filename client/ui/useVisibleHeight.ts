import { useEffect } from "preact/hooks";

/**
 * Keeps `--visible-height` and `--visible-top` equal to what the on-screen keyboard leaves:
 * iOS shrinks the visual viewport only, and `dvh` does not follow it.
 */
export function useVisibleHeight(): void {
	useEffect(() => {
		const viewport = window.visualViewport;
		if (!viewport) return;
		const follow = () => {
			const root = document.documentElement.style;
			root.setProperty("--visible-height", `${Math.round(viewport.height)}px`);
			root.setProperty("--visible-top", `${Math.round(viewport.offsetTop)}px`);
		};
		follow();
		viewport.addEventListener("resize", follow);
		viewport.addEventListener("scroll", follow);
		return () => {
			viewport.removeEventListener("resize", follow);
			viewport.removeEventListener("scroll", follow);
		};
	}, []);
}
