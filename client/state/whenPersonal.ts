/**
 * The part of the state that a visitor who only looks around does without: bookings, chats, windows, orders, what waits
 * to be sent. It is fetched as soon as there is a person, or anything of one on this device, or a screen asks for it.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { retryDelay } from "../net/timing";
import { hasKeys, mayHaveDatabase } from "../storage/traces";
import { timing } from "./engine";
import { whenReachable } from "./live";
import { user } from "./session";

type Personal = typeof import("./personal");

const part = signal<Personal | null>(null);
let coming: Promise<Personal> | null = null;
let isNeeded = false;
let failures = 0;
let cancelRetry = () => {};

/** That part of the state; null until it is here. */
export const personal: ReadonlySignal<Personal | null> = part;

/** Fetches it; throws when it cannot be fetched now. */
export function loadPersonal(): Promise<Personal> {
	coming ??= fetchPart();
	return coming;
}

async function fetchPart(): Promise<Personal> {
	try {
		part.value = await import("./personal");
		return part.value;
	} catch (reason) {
		coming = null;
		throw reason;
	}
}

/** Fetches it, and does not give up: something may be waiting to be sent. */
async function need(): Promise<void> {
	isNeeded = true;
	cancelRetry();
	try {
		await loadPersonal();
	} catch {
		failures += 1;
		cancelRetry = timing.after(retryDelay(failures), () => void need());
	}
}

async function lookAround(): Promise<void> {
	if (hasKeys() || (await mayHaveDatabase())) await need();
}

/** From now on it comes when it is needed. */
export function followPersonal(): void {
	void lookAround();
	effect(() => {
		if (user.value && !isNeeded) void need();
	});
	whenReachable(() => {
		if (isNeeded && !part.peek()) void need();
	});
}
