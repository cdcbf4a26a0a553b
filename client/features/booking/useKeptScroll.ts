import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Milliseconds of rest after which the place counts: a scroll has many steps. */
const REST = 250;

/** Brings a box back to where it was scrolled to, and tells where it comes to rest (CSS pixels). */
export function useKeptScroll(top: number, keep: (top: number) => void) {
	const box = useRef<HTMLDivElement>(null);
	const keepNow = useRef(keep);
	keepNow.current = keep;
	const first = useRef(top);
	useLayoutEffect(() => {
		if (box.current) box.current.scrollTop = first.current;
	}, []);
	useEffect(() => {
		const element = box.current;
		if (!element) return;
		let timer = 0;
		const tell = () => keepNow.current(element.scrollTop);
		const rest = () => {
			clearTimeout(timer);
			timer = window.setTimeout(tell, REST);
		};
		element.addEventListener("scroll", rest, { passive: true });
		return () => {
			clearTimeout(timer);
			element.removeEventListener("scroll", rest);
		};
	}, []);
	return box;
}
