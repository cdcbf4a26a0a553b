/** Removing what the person has in the database and the caches of this device; localStorage goes at once, elsewhere. */
import { wipingKey } from "../storage/keys";
import { readJson, removeKey, writeJson } from "../storage/local";
import type { Owner } from "../storage/owner";
import { hasDatabase, withOutbox } from "./device";

/** The worker's own: the shell, the same for everybody. */
const SHELL = /precache/;

/** Done when nothing is left of `owners`; a tab that dies meanwhile leaves a note, by which the next one goes on. */
export async function wipeDevice(owners: readonly Owner[]): Promise<void> {
	writeJson(wipingKey, owners);
	const [isDone] = await Promise.all([withOutbox(({ wipe }) => wipe(owners)), wipeCaches()]);
	if (isDone || !hasDatabase) removeKey(wipingKey);
}

/** Goes on with what an earlier tab could not finish. Before anything is written for anybody. */
export function finishWiping(): void {
	const owners = readJson(wipingKey, Array.isArray);
	if (owners) void wipeDevice(owners.filter((owner): owner is Owner => typeof owner === "string"));
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
