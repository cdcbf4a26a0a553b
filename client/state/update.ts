import { type ReadonlySignal, signal } from "@preact/signals";
import { readText, writeText } from "../storage/local";
import { timing } from "./engine";
import { whenOutdated } from "./live";
import { log } from "./log";
import { saveTyped } from "./saving";

const RELOADED = "tenang.reloaded";
/** Milliseconds. */
const RELOAD_PAUSE = 10 * 60_000;
const LOOK_EVERY = 3_600_000;
const LOOK_PAUSE = 5 * 60_000;

const waitingWorker = signal<ServiceWorker | null>(null);
const ready = signal(false);

/** A newer version of the app is on the device and takes over when the person agrees. */
export const updateReady: ReadonlySignal<boolean> = ready;

let isApplying = false;

/** Lets the newer version take over: what is being typed is saved, then the page loads again. */
export function applyUpdate(): void {
	isApplying = true;
	saveTyped();
	const worker = waitingWorker.peek();
	// In another tab it took over already, or it is the server that has moved on.
	if (worker) worker.postMessage("skip-waiting");
	else location.reload();
}

/** Loads the page anew when the server speaks a newer protocol, but not over and over if that does not help. */
function loadNewPage(): void {
	const now = timing.now();
	const ago = now - Number(readText(RELOADED) ?? 0);
	// A clock that was set back must not put it off until it has caught up.
	if (ago >= 0 && ago < RELOAD_PAUSE) return;
	saveTyped();
	// Under a finger that types nothing is loaded anew: it is offered instead.
	if (isTypingNow()) {
		ready.value = true;
		return;
	}
	writeText(RELOADED, String(now));
	log("page", "loaded again: the server speaks a newer protocol");
	location.reload();
}

const isTypingNow = () =>
	document.activeElement?.matches("input, textarea, select, [contenteditable]") ?? false;

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

/** Looks for a newer version every hour, and when somebody comes back to the page after some minutes. */
function lookAgain(registration: ServiceWorkerRegistration): void {
	let lookedAt = timing.elapsed();
	const look = () => {
		lookedAt = timing.elapsed();
		// Without a network there is no answer; it is asked for again.
		registration.update().catch(() => undefined);
	};
	const hourly = () => {
		look();
		timing.after(LOOK_EVERY, hourly);
	};
	timing.after(LOOK_EVERY, hourly);
	const onReturn = () => {
		if (!document.hidden && timing.elapsed() - lookedAt >= LOOK_PAUSE) look();
	};
	document.addEventListener("visibilitychange", onReturn);
	addEventListener("focus", onReturn);
}

/** A page that did not ask for it is still the old one: it says so, and goes on. */
function followTakeover(): void {
	const { serviceWorker } = navigator;
	let hadWorker = serviceWorker.controller !== null;
	serviceWorker.addEventListener("controllerchange", () => {
		if (isApplying) {
			location.reload();
		} else if (hadWorker) {
			waitingWorker.value = null;
			ready.value = true;
		} else {
			// What this first visit fetched before there was a worker, the worker fetches for itself.
			serviceWorker.controller?.postMessage("keep-first-visit");
		}
		hadWorker = true;
	});
	serviceWorker.addEventListener("message", ({ data }) => {
		if (data === "kept-first-visit")
			log("worker", "what this visit showed opens without a network");
	});
}

/** Registers the service worker of the built app; the app works the same where there is none. */
export async function startWorker(): Promise<void> {
	if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
	try {
		followTakeover();
		const registration = await navigator.serviceWorker.register("/service-worker.js");
		watch(registration);
		lookAgain(registration);
	} catch {
		log("worker", "could not be registered");
	}
}

whenOutdated(loadNewPage);
