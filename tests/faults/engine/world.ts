/** A browser as far as the engine needs one: what is on the device outlives its pages, everything else dies with them. */
import { setMaxListeners } from "node:events";
import { createContext, type Script } from "node:vm";
import * as fakeDatabase from "fake-indexeddb";
import WebSocket from "ws";
import { FakeChannels } from "../../../client/storage/testing/fakeChannel.ts";
import { FakeLocks } from "../../../client/storage/testing/fakeLocks.ts";
import type { Page } from "./page.ts";

type Act = (event: unknown) => void;

let latest = 0;

/** By how much (ms) the latest of all timers came too late: how busy the machine was. */
export const latestTimer = () => latest;

/** `localStorage`, which outlives the pages of a device. */
class Storage {
	private readonly kept = new Map<string, string>();

	get length(): number {
		return this.kept.size;
	}

	key(at: number): string | null {
		return [...this.kept.keys()][at] ?? null;
	}

	getItem(key: string): string | null {
		return this.kept.get(key) ?? null;
	}

	setItem(key: string, value: string): void {
		this.kept.set(key, String(value));
	}

	removeItem(key: string): void {
		this.kept.delete(key);
	}
}

/** What is on a device, and what its pages share. */
class Ground {
	readonly storage = new Storage();
	readonly database = new fakeDatabase.IDBFactory();
	readonly locks = new FakeLocks();
	readonly channels = new FakeChannels();
}

/** The classes of the database as a page's globals. */
const DATABASE_CLASSES = Object.fromEntries(
	Object.entries(fakeDatabase).filter(([name]) => name.startsWith("IDB")),
);

export interface DeviceParts {
	/** The site, without a slash at its end. */
	url: string;
	/** The person's Cookie header. */
	cookie: string;
	/** The engine. */
	script: Script;
	/** Hears each line of the engine's own log. */
	hear(line: string): void;
}

/** One device of one person. */
export class Device {
	private readonly ground = new Ground();
	private readonly parts: DeviceParts;
	private life: Life | null = null;

	constructor(parts: DeviceParts) {
		this.parts = parts;
	}

	/** Loads the page, as after a tap on the icon. */
	open(): Page {
		this.life = new Life(this.parts, this.ground);
		const page = this.life.run(this.parts.script);
		page.start();
		return page;
	}

	/** The page is gone in this instant: no goodbye, no last write. */
	kill(): void {
		this.life?.end();
		this.life = null;
	}

	/** Tells the page what a browser tells. */
	tell(type: "online" | "offline"): void {
		this.life?.tell(type);
	}
}

/** One page from its load to its end. */
class Life {
	private readonly listeners = new Map<string, Set<Act>>();
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly sockets = new Set<WebSocket>();
	private readonly ending = new AbortController();
	private readonly connections = new Set<IDBDatabase>();
	private readonly world: Record<string, unknown>;
	private readonly parts: DeviceParts;
	private readonly ground: Ground;

	constructor(parts: DeviceParts, ground: Ground) {
		this.parts = parts;
		this.ground = ground;
		const listen = {
			addEventListener: (type: string, act: Act) => this.on(type).add(act),
			removeEventListener: (type: string, act: Act) => this.on(type).delete(act),
		};
		this.world = {
			...listen,
			tenang: { log: true },
			localStorage: this.ownStorage(),
			...DATABASE_CLASSES,
			indexedDB: { open: (name: string, version?: number) => this.openDatabase(name, version) },
			BroadcastChannel: ground.channels.classFor(() => this),
			location: { href: `${parts.url}/`, reload() {} },
			document: {
				...listen,
				hidden: false,
				readyState: "complete",
				documentElement: { lang: "en" },
			},
			matchMedia: () => ({ matches: false }),
			navigator: {
				onLine: true,
				userAgent: "",
				maxTouchPoints: 0,
				locks: ground.locks.ofPage(this),
			},
			console: { info: (line: string) => parts.hear(line) },
			setTimeout: (act: () => void, delay: number) => this.later(act, delay),
			clearTimeout: (timer: NodeJS.Timeout) => this.forget(timer),
			fetch: (path: string, init: RequestInit) => this.fetch(path, init),
			WebSocket: this.socketClass(),
			...{ performance, AbortController, AbortSignal, DOMException, URL, URLSearchParams },
			...{ crypto, structuredClone, queueMicrotask, TextEncoder },
		};
		// Each request of a page's life listens for its end.
		setMaxListeners(0, this.ending.signal);
		this.world.window = this.world.globalThis = this.world.self = this.world;
		createContext(this.world);
	}

	run(script: Script): Page {
		script.runInContext(this.world);
		return this.world.page as Page;
	}

	tell(type: string): void {
		for (const act of this.on(type)) act({ type });
	}

	end(): void {
		// What it had given to the disk is done; nothing more of it is.
		for (const connection of this.connections) connection.close();
		this.ground.locks.release(this);
		this.ground.channels.release(this);
		for (const timer of this.timers) clearTimeout(timer);
		this.ending.abort();
		for (const socket of this.sockets) {
			socket.onmessage = socket.onclose = socket.onopen = null;
			socket.terminate();
		}
	}

	/** The dead write nothing, although their promises may still come true here. */
	private ownStorage(): object {
		const { storage } = this.ground;
		const alive = () => !this.ending.signal.aborted;
		return {
			get length() {
				return storage.length;
			},
			key: (at: number) => storage.key(at),
			getItem: (key: string) => storage.getItem(key),
			setItem: (key: string, value: string) => alive() && storage.setItem(key, value),
			removeItem: (key: string) => alive() && storage.removeItem(key),
		};
	}

	private openDatabase(name: string, version?: number): IDBOpenDBRequest {
		const request = this.ground.database.open(name, version) as unknown as IDBOpenDBRequest;
		request.addEventListener("success", () => {
			this.connections.add(request.result);
			if (this.ending.signal.aborted) request.result.close();
		});
		return request;
	}

	private on(type: string): Set<Act> {
		const known = this.listeners.get(type) ?? new Set();
		this.listeners.set(type, known);
		return known;
	}

	private later(act: () => void, delay: number): NodeJS.Timeout {
		const due = performance.now() + delay;
		const timer = setTimeout(() => {
			latest = Math.max(latest, performance.now() - due);
			this.timers.delete(timer);
			// What the dead began on their promises is not begun.
			if (!this.ending.signal.aborted) act();
		}, delay);
		this.timers.add(timer);
		return timer;
	}

	private forget(timer: NodeJS.Timeout): void {
		clearTimeout(timer);
		this.timers.delete(timer);
	}

	/** An answer that comes after the page's end reaches nobody. */
	private fetch(path: string, init: RequestInit): Promise<Response> {
		const signals = [this.ending.signal, ...(init.signal ? [init.signal] : [])];
		const headers = { ...(init.headers as Record<string, string>), Cookie: this.parts.cookie };
		const { method = "GET", body = null } = init;
		const asked = fetch(new URL(path, this.parts.url), {
			method,
			headers,
			body,
			signal: AbortSignal.any(signals),
		});
		return new Promise((answer, fail) => {
			const alive =
				<Value>(act: (value: Value) => void) =>
				(value: Value) => {
					if (!this.ending.signal.aborted) act(value);
				};
			asked.then(alive(answer), alive(fail));
		});
	}

	private socketClass(): unknown {
		const { sockets } = this;
		const { cookie } = this.parts;
		return class extends WebSocket {
			constructor(address: URL) {
				super(address, { headers: { Cookie: cookie }, perMessageDeflate: false });
				sockets.add(this);
				this.on("close", () => sockets.delete(this));
				// The engine hears of it by onclose.
				this.on("error", () => {});
			}
		};
	}
}
