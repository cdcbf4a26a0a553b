import { useEffect, useState } from "preact/hooks";

/** Whether the media query holds now; renders again when that changes. */
export function useMediaQuery(query: string): boolean {
	const [holds, setHolds] = useState(() => matchMedia(query).matches);
	useEffect(() => {
		const list = matchMedia(query);
		const follow = () => setHolds(list.matches);
		follow();
		list.addEventListener("change", follow);
		return () => list.removeEventListener("change", follow);
	}, [query]);
	return holds;
}
