import "./connection";
import "./install";
import { startTicking } from "./clock";
import { listenToBrowser } from "./live";
import { loadSession } from "./session";
import { startWorker } from "./update";
import { followPersonal } from "./whenPersonal";
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
	followPersonal();
	// The worker's downloads come after the page's own.
	if (document.readyState === "complete") void startWorker();
	else addEventListener("load", () => void startWorker(), { once: true });
}
