/** A device with a database, locks and channels, for the pages that `./page` loads on it. */
import * as fake from "fake-indexeddb";
import { vi } from "vitest";
import { budi } from "../../net/testing/samples";
import type { OutboxEntry } from "../../storage/outboxEntry";
import { FakeChannels } from "../../storage/testing/fakeChannel";
import { FakeLocks } from "../../storage/testing/fakeLocks";
import { loadPage, loadTabBeside, pass, type Seam } from "./page";

/** The inside of a fake database. */
interface RawDatabase {
	transactions: { _state: string; _abort?: (why: string) => void }[];
	processTransactions(): void;
}

export class DeviceWithDatabase {
	readonly locks = new FakeLocks();
	private readonly channels = new FakeChannels();
	private pages: object[] = [];

	constructor() {
		for (const [name, value] of Object.entries(fake)) {
			if (name.startsWith("IDB")) vi.stubGlobal(name, value);
		}
		vi.stubGlobal("indexedDB", new fake.IDBFactory());
		vi.stubGlobal(
			"BroadcastChannel",
			this.channels.classFor(() => this.pages.at(-1) ?? this),
		);
	}

	/** Loads the page anew; every tab that was open is gone, after what it was writing. */
	async load(): Promise<Seam> {
		await pass(50);
		return this.loadAfterCrash();
	}

	/** The same, and nothing more of what was going on comes to its end. */
	async loadAfterCrash(whenLoaded?: (page: Seam) => void): Promise<Seam> {
		for (const page of this.pages) {
			this.locks.release(page);
			this.channels.release(page);
		}
		this.pages = [];
		if (!whenLoaded) this.letGo();
		this.open();
		const page = await loadPage();
		whenLoaded?.(page);
		await this.settle();
		return page;
	}

	async loadBeside(): Promise<Seam> {
		await pass(50);
		this.open();
		const page = await loadTabBeside();
		await this.settle();
		return page;
	}

	/** From now on nothing is read or written, until the tabs are gone or `letGo`. */
	hold(): void {
		const scope = new Set(["outbox", "history"]);
		const endless = { _started: true, _state: "active", mode: "readwrite", _scope: scope };
		for (const database of this.databases()) database.transactions.push(endless);
	}

	/** What was held up by `hold` goes on; what was going on when a tab died is undone. */
	letGo(isCrash = true): void {
		for (const database of this.databases()) {
			for (const open of database.transactions) {
				if (isCrash && open._state !== "finished") open._abort?.("AbortError");
				if (isCrash || !open._abort) open._state = "finished";
			}
			database.processTransactions();
		}
	}

	/** From now on nothing more can be stored in the database. */
	fill(): void {
		vi.spyOn(fake.IDBObjectStore.prototype, "put").mockImplementation(() => {
			throw new DOMException("full", "QuotaExceededError");
		});
	}

	/** From now on the database cannot be opened. */
	breakOpening(how: "blocked" | "refused" | "throws"): void {
		if (how === "refused") {
			// A newer version of the app has been here.
			const newer = indexedDB.open("tenang", 99);
			newer.onsuccess = () => newer.result.close();
			return;
		}
		vi.spyOn(indexedDB, "open").mockImplementation(() => {
			if (how === "throws") throw new DOMException("no", "SecurityError");
			return new fake.IDBOpenDBRequest() as unknown as IDBOpenDBRequest;
		});
	}

	/** A newer version of the app opens the database. */
	async upgrade(): Promise<void> {
		indexedDB.open("tenang", 99);
		await pass(50);
	}

	/** Puts something into the outbox, as an earlier visit or a fault left it. */
	async put(key: string, value: unknown): Promise<void> {
		const asked = indexedDB.open("tenang");
		await pass(50);
		asked.result
			.transaction("outbox", "readwrite")
			.objectStore("outbox")
			.put(value, [budi.id, key]);
		await pass(50);
		asked.result.close();
	}

	/** The messages in the database's outbox, in order. */
	async stored(): Promise<OutboxEntry[]> {
		const { readEntries } = await import("../../storage/outboxDatabase");
		const reading = readEntries(budi.id, 0);
		await pass(50);
		return (await reading) ?? [];
	}

	/** All that is in the database: the store, then the key. */
	async keys(): Promise<[string, ...string[]][]> {
		const asked = indexedDB.open("tenang");
		await pass(50);
		const found = (["outbox", "history"] as const).map((name) => {
			const keys = asked.result.transaction(name).objectStore(name).getAllKeys();
			return [name, keys] as const;
		});
		await pass(50);
		asked.result.close();
		return found.flatMap(([name, keys]) =>
			(keys.result as string[][]).map((key) => [name, ...key] as [string, ...string[]]),
		);
	}

	/** The code that pages load when they need it is here before a test goes on: no clock moves its way. */
	private async settle(): Promise<void> {
		await import("../../storage/outboxDatabase");
		await import("../../storage/historyDatabase");
		// Each step of the fake database takes a millisecond.
		await pass(50);
	}

	private databases(): RawDatabase[] {
		const { _databases } = indexedDB as unknown as { _databases: Map<string, RawDatabase> };
		return [..._databases.values()];
	}

	private open(): void {
		const page = {};
		this.pages.push(page);
		const value = this.locks.ofPage(page);
		Object.defineProperty(navigator, "locks", { configurable: true, value });
	}
}
