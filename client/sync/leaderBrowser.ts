/** What the leader needs of a browser: its locks, its channel, and the signs that a page goes to sleep and wakes. */
import type { Channel, OpenChannel } from "./channel";
import type { Leader, Locks } from "./leaderParts";

/** The browser's locks, or null where it has none: insecure contexts and older browsers. */
export function browserLocks(): Locks | null {
	const locks = navigator.locks as LockManager | undefined | null;
	if (!locks) return null;
	return {
		hold(name, on) {
			const ending = new AbortController();
			let release = () => {};
			const held = new Promise<void>((resolve) => {
				release = resolve;
			});
			const granted = () => {
				if (ending.signal.aborted) return;
				on.granted();
				return held;
			};
			locks.request(name, { signal: ending.signal }, granted).catch(() => {
				if (!ending.signal.aborted) on.refused();
			});
			return () => {
				ending.abort();
				release();
			};
		},
	};
}

/** The browser's channel, or null where it has none. */
export function browserChannel(): OpenChannel | null {
	if (typeof BroadcastChannel === "undefined") return null;
	return (name, hear): Channel => {
		const channel = new BroadcastChannel(name);
		channel.onmessage = ({ data }) => hear(data);
		return { say: (message) => channel.postMessage(message), close: () => channel.close() };
	};
}

/**
 * Tells `leader` when the page is put away and when it is back. A page that holds a lock or listens to a channel is
 * not kept for the way back, and one that freezes with the lock keeps it from the others.
 */
export function followPage(leader: Leader): void {
	addEventListener("pagehide", () => leader.sleep());
	addEventListener("pageshow", () => leader.rise());
	document.addEventListener("freeze", () => leader.sleep());
	document.addEventListener("resume", () => leader.rise());
	document.addEventListener("visibilitychange", () => leader.look());
}
