import { failed, problem, type Result } from "../net/problem";

/** Held while a guest is made, and while somebody comes who is none. */
export const GUEST_LOCK = "tenang.guest";

/**
 * Runs `act` while no other tab of this browser runs one under the same name. Where the browser has no locks, or
 * refuses them, it simply runs. `unreachable` when `signal` was aborted before the lock was free.
 */
export async function withLock<Value>(
	name: string,
	signal: AbortSignal,
	act: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
	// Absent in insecure contexts and older browsers, whatever the types say.
	const locks = navigator.locks as LockManager | undefined | null;
	if (!locks) return act();
	let running: Promise<Result<Value>> | null = null;
	try {
		return await locks.request(name, { signal }, () => {
			running = act();
			return running;
		});
	} catch {
		if (running) return running;
		return signal.aborted ? failed(problem("unreachable")) : act();
	}
}
