// The worker keeps the shell (scripts, styles, one page) on the device, so that the app opens without a
// network. It never touches /api: what the server knows must come from the server.
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";

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
