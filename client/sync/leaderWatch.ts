import { MOST_WATCHED } from "../net/frames";

/** Without a word for so long (ms), what a tab watched is dropped: it is closed, or not on the screen any more. */
const FORGET_AFTER = 10_000;

/** What all tabs together want to know of: the one that carries asks for it once. */
export interface WatchLists {
	/** This tab's own. */
	own: readonly string[];
	/** Takes down what another tab watches; whether that is new of it. */
	note(tab: string, ids: readonly string[]): boolean;
	/** All of them, each once. */
	merged(): readonly string[];
}

/** `elapsed`: milliseconds, as of a clock that never jumps. */
export function createWatchLists(elapsed: () => number): WatchLists {
	const others = new Map<string, { ids: readonly string[]; at: number }>();
	return {
		own: [],
		note(tab, ids) {
			const known = others.get(tab);
			others.set(tab, { ids, at: elapsed() });
			return ids.join() !== (known?.ids ?? []).join();
		},
		merged() {
			for (const [tab, { at }] of others) if (elapsed() - at > FORGET_AFTER) others.delete(tab);
			const all = [...others.values()].flatMap(({ ids }) => ids);
			return [...new Set([...this.own, ...all])].slice(0, MOST_WATCHED);
		},
	};
}
