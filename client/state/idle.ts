/** The longest that something may wait for the page to have nothing else to do, in milliseconds. */
const AT_LATEST = 500;

/** Calls `act` once when the page has nothing more urgent to do; what is returned cancels it. */
export function whenIdle(act: () => void): () => void {
	if (typeof requestIdleCallback === "function") {
		const asked = requestIdleCallback(act, { timeout: AT_LATEST });
		return () => cancelIdleCallback(asked);
	}
	// Safari has no idle callbacks: at least the frame that is due goes first.
	const timer = setTimeout(act, 0);
	return () => clearTimeout(timer);
}
