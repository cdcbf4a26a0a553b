import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Change, type Extent, isAtEnd, topAfter } from "./scrollAnchor";

/** Older messages are asked for this far (CSS pixels) before the oldest one shows. */
const NEAR_START = 160;

/** What the list holds at its two ends; a change of either tells what happened to it. */
export interface Ends {
	first: string | undefined;
	last: string | undefined;
	lastIsOwn: boolean;
}

const extentOf = (box: HTMLElement): Extent => ({
	top: box.scrollTop,
	height: box.scrollHeight,
	view: box.clientHeight,
});

function changeBetween(before: Ends | null, now: Ends): Change | null {
	if (!before) return "own";
	if (before.last !== now.last) return now.lastIsOwn ? "own" : "newer";
	return before.first !== now.first ? "older" : null;
}

interface ScrollAnchor {
	box: RefObject<HTMLDivElement>;
	/** Whether the newest message is in sight. */
	atEnd: boolean;
	toEnd: () => void;
}

/**
 * Keeps a chat's scroll position through older pages, new messages and the keyboard.
 * `onNearStart` is called whenever the person scrolls to where older messages are missing.
 */
export function useScrollAnchor(ends: Ends, onNearStart: () => void): ScrollAnchor {
	const box = useRef<HTMLDivElement>(null);
	const extent = useRef<Extent>({ top: 0, height: 0, view: 0 });
	const known = useRef<Ends | null>(null);
	const near = useRef(onNearStart);
	near.current = onNearStart;
	const [atEnd, setAtEnd] = useState(true);

	const settle = (change: Change | null) => {
		const element = box.current;
		if (!element) return;
		if (change) {
			element.scrollTop = topAfter(
				change,
				extent.current,
				element.scrollHeight,
				element.clientHeight,
			);
		}
		extent.current = extentOf(element);
		setAtEnd(isAtEnd(extent.current));
	};

	useLayoutEffect(() => {
		settle(changeBetween(known.current, ends) ?? "room");
		known.current = ends;
	});

	useEffect(() => {
		const element = box.current;
		if (!element) return;
		const follow = () => {
			settle(null);
			if (element.scrollTop < NEAR_START) near.current();
		};
		const room = new ResizeObserver(() => settle("room"));
		element.addEventListener("scroll", follow, { passive: true });
		room.observe(element);
		return () => {
			element.removeEventListener("scroll", follow);
			room.disconnect();
		};
	}, []);

	const toEnd = () => {
		const element = box.current;
		// The style sheet's word on motion does not reach a script.
		const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
		element?.scrollTo({ top: element.scrollHeight, behavior });
	};
	return { box, atEnd, toEnd };
}
