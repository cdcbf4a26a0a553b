import * as fake from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Store = typeof import("./database");

let store: Store;
/** What the browser answers to each question for the database, in the order of the questions. */
let answers: { succeed(): void; refuse(): void }[];

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Whether somebody who waits as long as it takes, or not, has the database in the end. */
async function has(isPatient: boolean): Promise<boolean> {
	const reading = store.inDatabase(async () => true, isPatient);
	await pass(50);
	return (await reading) ?? false;
}

/** The browser answers no question for the database before it is told what. */
function keepAsking(): void {
	const open = indexedDB.open.bind(indexedDB);
	answers = [];
	vi.spyOn(indexedDB, "open").mockImplementation((...named) => {
		const request = open(...named);
		const heard = new Map<string, EventListener>();
		vi.spyOn(request, "addEventListener").mockImplementation((type, hear) => {
			heard.set(type, hear as EventListener);
		});
		answers.push({
			succeed: () => heard.get("success")?.(new Event("success")),
			refuse: () => heard.get("error")?.(new Event("error")),
		});
		return request;
	});
}

beforeEach(async () => {
	vi.useFakeTimers();
	for (const [name, value] of Object.entries(fake)) {
		if (name.startsWith("IDB")) vi.stubGlobal(name, value);
	}
	vi.stubGlobal("indexedDB", new fake.IDBFactory());
	vi.resetModules();
	store = await import("./database");
	keepAsking();
});

afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

describe("a database that the browser opens in its own time", () => {
	it("is there for everybody once a later question is answered, although an earlier one was refused", async () => {
		void store.inDatabase(async () => true);
		await pass(2_000);
		void store.inDatabase(async () => true, true);
		await pass(50);
		expect(answers).toHaveLength(2);
		answers[0]?.refuse();
		await pass(50);
		answers[1]?.succeed();
		await pass(50);
		expect([await has(false), await has(true)]).toEqual([true, true]);
	});

	it("is asked for anew by whoever is in a hurry, when it came late and was taken away since", async () => {
		void store.inDatabase(async () => true);
		await pass(2_000);
		answers[0]?.succeed();
		await pass(50);
		let database: IDBDatabase | null = null;
		void store.inDatabase(async (opened) => {
			database = opened as unknown as IDBDatabase;
		});
		await pass(50);
		expect(database).not.toBeNull();
		vi.restoreAllMocks();
		const newer = indexedDB.open("tenang", 2);
		newer.onsuccess = () => newer.result.close();
		await pass(50);
		keepAsking();
		void has(false);
		await pass(0);
		expect(answers).toHaveLength(1);
	});
});
