/** Removing what the person has in the database and the caches of this device; localStorage goes at once, elsewhere. */
import type { Owner } from "../storage/owner";
import { noteWiped, noteWiping, ownersToWipe } from "../storage/wipingNote";
import { hasDatabase, withOutbox } from "./device";

/** The worker's own: the shell, the same for everybody. */
const SHELL = /precache/;

/**
 * Done when nothing is left of `owners`. Where the tab dies meanwhile, or the database is too slow, a note is left: it
 * is wiped before anybody reads it.
 */
export async function wipeDevice(owners: readonly Owner[]): Promise<void> {
	noteWiping(owners);
	const noted = ownersToWipe();
	const [isDone] = await Promise.all([withOutbox(({ wipe }) => wipe(noted)), wipeCaches()]);
	if (isDone || !hasDatabase) noteWiped();
}

/** Goes on with what an earlier tab could not finish. Before anything is written for anybody. */
export function finishWiping(): void {
	const owners = ownersToWipe();
	if (owners.length > 0) void wipeDevice(owners);
}

async function wipeCaches(): Promise<void> {
	try {
		// The worker has notes of its own on what it kept, by address.
		navigator.serviceWorker?.controller?.postMessage("forget");
		const names = (await caches.keys()).filter((name) => !SHELL.test(name));
		await Promise.all(names.map((name) => caches.delete(name)));
	} catch {
		// No caches here, or they are refused.
	}
}
