// The worker keeps the shell (scripts, styles, one page) on the device, so that the app opens without a network, and
// of the server's answers those that are the same for everybody. It sends what a page left behind when the browser
// says that there is a network again. How to get rid of it in an emergency is in docs/operations.md.
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { SYNC_TAG } from "./client/storage/news";
import { forgetReads, keepFirstVisit, keepReads, removeOldCaches } from "./client/worker/keeping";
import { sendWhatWaits } from "./client/worker/sync";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const OFFLINE_SHELL = "/offline";

/**
 * The server's page, which the browser may have begun to fetch while the worker started, or the kept shell when there
 * is no network.
 * @param {FetchEvent} event
 */
async function navigate(event) {
	try {
		return (await event.preloadResponse) ?? (await fetch(event.request));
	} catch {
		return (await matchPrecache(OFFLINE_SHELL)) ?? Response.error();
	}
}

async function takeOver() {
	await Promise.all([
		worker.registration.navigationPreload?.enable(),
		removeOldCaches(worker.caches),
	]);
	await worker.clients.claim();
}

/**
 * Fetches again what the page had fetched before there was a worker, and says when it is kept.
 * @param {ExtendableMessageEvent} event
 */
async function keepFor(event) {
	await keepFirstVisit(event);
	event.source?.postMessage("kept-first-visit");
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
keepReads();

worker.addEventListener("fetch", (event) => {
	if (event.request.mode === "navigate") event.respondWith(navigate(event));
});

// A new worker waits until the page asks: taking over by itself could change the code under someone's typing.
worker.addEventListener("message", (event) => {
	if (event.data === "skip-waiting") worker.skipWaiting();
	if (event.data === "forget") event.waitUntil(forgetReads());
	if (event.data === "keep-first-visit") event.waitUntil(keepFor(event));
});

worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));

worker.addEventListener("sync", (event) => {
	const sync = /** @type {ExtendableEvent & { tag: string }} */ (event);
	if (sync.tag === SYNC_TAG) sync.waitUntil(sendWhatWaits());
});
