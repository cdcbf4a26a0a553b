import { failed, problem, type Result } from "../net/problem";

/** Held while a guest is made, and while somebody comes who is none. */
export const GUEST_LOCK = "tenang.guest";

const onStandstill = new Set<() => void>();

/**
 * A frozen page comes to no end, and one that holds a lock is not kept for the way back: another tab or the worker may
 * go on in its place. What is sent twice for that is one thing to the server, and each sends the next message only after
 * the one before it was answered.
 */
function letGo(): void {
	for (const act of onStandstill) act();
	onStandstill.clear();
}
addEventListener("pagehide", letGo);
document.addEventListener("freeze", letGo);

/** Until it is done, or the page stands still. Whoever signs in keeps the lock: two people at once are not one thing. */
const untilLetGo = (name: string, running: Promise<unknown>) =>
	name === GUEST_LOCK ? running : Promise.race([running, standstill(running)]);

function standstill(running: Promise<unknown>): Promise<void> {
	return new Promise((act) => {
		onStandstill.add(act);
		const forget = () => onStandstill.delete(act);
		running.then(forget, forget);
	});
}

/**
 * Runs `act` while no other tab of this browser that is awake runs one under the same name. Where the browser has no
 * locks, or refuses them, it simply runs. `unreachable` when `signal` was aborted, or the page stood still, before the
 * lock was free.
 */
export async function withLock<Value>(
	name: string,
	signal: AbortSignal,
	act: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
	// Absent in insecure contexts and older browsers, whatever the types say.
	const locks = navigator.locks as LockManager | undefined | null;
	if (!locks) return act();
	const waiting = new AbortController();
	const giveUp = () => waiting.abort();
	if (signal.aborted) giveUp();
	signal.addEventListener("abort", giveUp, { once: true });
	// The browser gives a lock also to a frozen page whose turn it is.
	onStandstill.add(giveUp);
	const running: Promise<Result<Value>>[] = [];
	try {
		await locks.request(name, { signal: waiting.signal }, () => {
			const begun = act();
			running.push(begun);
			return untilLetGo(name, begun);
		});
	} catch {
		// What it was begun for says itself how it failed.
	}
	onStandstill.delete(giveUp);
	signal.removeEventListener("abort", giveUp);
	return running[0] ?? (waiting.signal.aborted ? failed(problem("unreachable")) : act());
}
