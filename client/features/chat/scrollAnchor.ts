/** Where a chat's scroll position goes when its content or its room changes. */

/** A scrolling box: how far it is scrolled, how tall its content is, how much of it shows (CSS pixels). */
export interface Extent {
	top: number;
	height: number;
	view: number;
}

const NEAR_END = 64;

/** Whether the newest message is in sight, give or take a line. */
export function isAtEnd({ top, height, view }: Extent): boolean {
	return height - top - view <= NEAR_END;
}

export type Change = "older" | "newer" | "own" | "room";

/**
 * The scroll position after `change` turned `before` into a content of `height` seen through `view`.
 * What the person reads stays where it is; the end is followed only by someone who was there, or who just wrote.
 */
export function topAfter(change: Change, before: Extent, height: number, view: number): number {
	const end = Math.max(0, height - view);
	if (change === "older") return before.top + (height - before.height);
	if (change === "own" || isAtEnd(before)) return end;
	return change === "room" ? Math.max(0, before.top + before.view - view) : before.top;
}
