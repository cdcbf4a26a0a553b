// The worker keeps the shell (scripts, styles, one page) on the device, so that the app opens without a
// network. It keeps no answer of /api: what the server knows must come from the server. It sends what a page left
// behind when the browser says that there is a network again.
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { SYNC_TAG } from "./client/storage/news";
import { sendWhatWaits } from "./client/worker/sync";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const OFFLINE_SHELL = "/offline";

/**
 * The server's page, or the kept shell when there is no network.
 * @param {Request} request
 */
async function navigate(request) {
	try {
		return await fetch(request);
	} catch {
		return (await matchPrecache(OFFLINE_SHELL)) ?? Response.error();
	}
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

worker.addEventListener("fetch", (event) => {
	if (event.request.mode === "navigate") event.respondWith(navigate(event.request));
});

// A new worker waits until the page asks: taking over by itself could change the code under someone's typing.
worker.addEventListener("message", (event) => {
	if (event.data === "skip-waiting") worker.skipWaiting();
});

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("sync", (event) => {
	const sync = /** @type {ExtendableEvent & { tag: string }} */ (event);
	if (sync.tag === SYNC_TAG) sync.waitUntil(sendWhatWaits());
});
