import { type ReadonlySignal, signal } from "@preact/signals";
import { readText, writeText } from "../storage/local";
import { timing } from "./engine";
import { whenOutdated } from "./live";
import { log } from "./log";
import { saveTyped } from "./saving";

const RELOADED = "tenang.reloaded";
/** Milliseconds. */
const RELOAD_PAUSE = 10 * 60_000;

const waitingWorker = signal<ServiceWorker | null>(null);
const ready = signal(false);

/** A newer version of the app is on the device and takes over when the person agrees. */
export const updateReady: ReadonlySignal<boolean> = ready;

/** Lets the newer version take over: what is being typed is saved, then the page loads again. */
export function applyUpdate(): void {
	saveTyped();
	navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
		once: true,
	});
	waitingWorker.peek()?.postMessage("skip-waiting");
}

/** Loads the page anew when the server speaks a newer protocol, but not over and over if that does not help. */
function loadNewPage(): void {
	const now = timing.now();
	const ago = now - Number(readText(RELOADED) ?? 0);
	// A clock that was set back must not put it off until it has caught up.
	if (ago >= 0 && ago < RELOAD_PAUSE) return;
	writeText(RELOADED, String(now));
	saveTyped();
	log("page", "loaded again: the server speaks a newer protocol");
	location.reload();
}

function watch(registration: ServiceWorkerRegistration): void {
	const offer = (worker: ServiceWorker | null) => {
		// Without a controller this is the first version on this device: there is nothing to update.
		if (!worker || !navigator.serviceWorker.controller) return;
		waitingWorker.value = worker;
		ready.value = true;
	};
	offer(registration.waiting);
	registration.addEventListener("updatefound", () => {
		const installing = registration.installing;
		installing?.addEventListener("statechange", () => {
			if (installing.state === "installed") offer(installing);
		});
	});
}

/** Registers the service worker of the built app; the app works the same where there is none. */
export async function startWorker(): Promise<void> {
	if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
	try {
		watch(await navigator.serviceWorker.register("/service-worker.js"));
	} catch {
		log("worker", "could not be registered");
	}
}

whenOutdated(loadNewPage);
