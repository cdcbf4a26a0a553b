/** A page of the client over a fake server, with the clock in the test's hand. */
import { vi } from "vitest";
import { FakeServer } from "../../net/testing/fakeServer";
import { FakeSocket } from "../../net/testing/fakeSocket";
import { START } from "../../net/testing/samples";

export { FakeSocket } from "../../net/testing/fakeSocket";
export { ayuUser, budi, conversation, ROOM, START } from "../../net/testing/samples";

/** The seam as the screens import it. */
export type Seam = Awaited<ReturnType<typeof importSeam>>;

let listeners: (() => void)[] = [];
const originals = new Map(
	([window, document] as const).map((target) => [target, target.addEventListener]),
);

/** A fresh device with a fresh server. Call it before each test. */
export function freshDevice(): FakeServer {
	vi.useFakeTimers();
	vi.setSystemTime(START);
	localStorage.clear();
	FakeSocket.all = [];
	const server = new FakeServer();
	vi.stubGlobal("fetch", server.fetch);
	vi.stubGlobal("WebSocket", FakeSocket);
	return server;
}

/** Loads the page: all that was in memory is gone, with its timers and listeners; what is on the device stays. */
export async function loadPage(): Promise<Seam> {
	leavePage();
	return loadTabBeside();
}

/** The same as a browser does it: what the first screen does without is fetched when it is needed. */
export async function loadFirstScreen() {
	leavePage();
	vi.resetModules();
	const { startApp } = await import("../start");
	const { personal } = await import("../whenPersonal");
	const { loadSession } = await import("../session");
	startApp();
	await arrive();
	return { personal, loadSession };
}

/** Lets what is being fetched of the page arrive, which no test clock waits for. */
export async function arrive(): Promise<void> {
	await pass(0);
	await vi.dynamicImportSettled();
	await pass(0);
}

function leavePage(): void {
	const time = Date.now();
	vi.clearAllTimers();
	// Clearing the timers also sets the clock back to where it began.
	vi.setSystemTime(time);
	for (const remove of listeners) remove();
	listeners = [];
	for (const target of [window, document]) track(target);
}

/** Loads the page a second time on the same device: another tab, while the first goes on. */
export async function loadTabBeside(): Promise<Seam> {
	vi.resetModules();
	const seam = await importSeam();
	seam.startApp();
	await pass(0);
	return seam;
}

/** From now on the tabs hear of each other's writes, a moment later, as a browser tells them. */
export function tellTabs(): void {
	const real = localStorage;
	const tell = (key: string, newValue: string | null) =>
		queueMicrotask(() => window.dispatchEvent(new StorageEvent("storage", { key, newValue })));
	changeStorage({
		setItem(key, value) {
			real.setItem(key, value);
			tell(key, value);
		},
		removeItem(key) {
			real.removeItem(key);
			tell(key, null);
		},
	});
}

/** From now on nothing more can be stored on the device. */
export function fillDevice(): void {
	changeStorage({
		setItem() {
			throw new DOMException("full", "QuotaExceededError");
		},
	});
}

/** Stubbed as a whole: what is spied on it stays spied on over all tests. */
function changeStorage(change: Partial<Pick<Storage, "setItem" | "removeItem">>): void {
	const real = localStorage;
	const read = (name: string | symbol) => {
		const value: unknown = Reflect.get(name in change ? change : real, name);
		return typeof value === "function" ? value.bind(real) : value;
	};
	vi.stubGlobal("localStorage", new Proxy(real, { get: (_, name) => read(name) }));
}

/** The device sleeps: time passes and no timer runs. */
export const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms);

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** The browser says that the network is back. */
export async function backOnline(): Promise<void> {
	window.dispatchEvent(new Event("online"));
	await pass(0);
}

function track(target: typeof window | Document): void {
	const add = originals.get(target)?.bind(target);
	vi.spyOn(target, "addEventListener").mockImplementation(
		(type: string, listener: EventListenerOrEventListenerObject | null) => {
			if (!listener) return;
			add?.(type, listener);
			listeners.push(() => target.removeEventListener(type, listener));
		},
	);
}

async function importSeam() {
	const { startApp } = await import("../start");
	await import("../personal");
	const session = await import("../session");
	const arriving = await import("../arriving");
	const { ensureGuest } = await import("../guest");
	const form = await import("../bookingForm");
	const submit = await import("../submit");
	const bookings = await import("../bookings");
	const messages = await import("../messages");
	const conversations = await import("../conversations");
	const windows = await import("../windows");
	const signOut = await import("../signOut");
	const directory = await import("../directory");
	const { connection } = await import("../connection");
	return {
		startApp,
		ensureGuest,
		connection,
		...session,
		...arriving,
		...form,
		...submit,
		...bookings,
		...messages,
		...conversations,
		...windows,
		...directory,
		...signOut,
	};
}
