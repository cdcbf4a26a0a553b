/** What the build writes into the worker: the files to keep on the device, each with its revision. */
interface WorkerGlobalScope {
	readonly __WB_MANIFEST: import("workbox-precaching").PrecacheEntry[];
}
