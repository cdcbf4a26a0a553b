import "./connection";
import "./keptOrders";
import "./settling";
import "./unloading";
import "./windows";
import { startTicking } from "./clock";
import { startKeeping } from "./lastKnown";
import { listenToBrowser, whenReachable } from "./live";
import { loadSession } from "./session";
import { startWorker } from "./update";
import { finishWiping } from "./wiping";

let isStarted = false;

/** Starts the engine: asks who is signed in, connects, and takes up what waits on this device. Call it once, first. */
export function startApp(): void {
	if (isStarted) return;
	isStarted = true;
	finishWiping();
	listenToBrowser();
	startTicking();
	void loadSession();
	startKeeping();
	void loadLater();
	whenReachable(() => void loadLater());
	// The worker's downloads come after the page's own.
	if (document.readyState === "complete") void startWorker();
	else addEventListener("load", () => void startWorker(), { once: true });
}

let isLoaded = false;

/**
 * What nothing that is painted first waits for, and what works on whatever page is open: messages that wait go out, and
 * a guest is known again. Where it cannot be loaded, it is tried again when the server can be reached.
 */
async function loadLater(): Promise<void> {
	if (isLoaded) return;
	try {
		const [{ startReviving }] = await Promise.all([import("./guestRevival"), import("./outbox")]);
		if (!isLoaded) startReviving();
		isLoaded = true;
	} catch {
		// Offline, and not in the worker's keeping.
	}
}
