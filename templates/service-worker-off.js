// Answered in place of the app's worker while the operator has SERVICE_WORKER=off. It takes over from the one before,
// deletes what that one kept, and goes. It touches no page and nothing that waits to be sent: that is in IndexedDB.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
	event.waitUntil(leave());
});

async function leave() {
	const names = await caches.keys();
	await Promise.all(names.map((name) => caches.delete(name)));
	await self.registration.unregister();
}
