import * as fake from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { booking, budi, ROOM } from "../net/testing/samples";
import { DeviceWithDatabase } from "./testing/database";
import { backOnline, freshDevice, pass, type Seam } from "./testing/page";

/** The server knows of one chat, and refuses what is for this one. */
const OTHER_ROOM = `${ROOM}-2`;

let server: FakeServer;
let device: DeviceWithDatabase;
let page: Seam;

const sent = () => server.messages.map(({ message }) => message);
/** What was brought to the server, whatever became of it. */
const asked = () => server.to("POST", /messages$/).map(({ body }) => body.message);

/** What localStorage knows of messages that went into the database. */
const marks = () => Object.keys(localStorage).filter((key) => key.startsWith("stored_"));

/** How long the page has stood still in all: its clock went on, and no timer came. */
let stood: number;
const standStill = (ms: number) => {
	stood += ms;
};

/** One message waits in the database, which says nothing to the page that is loaded now and writes another. */
async function writeBehindSilence(): Promise<void> {
	server.fate = () => "down";
	page.send(ROOM, "one");
	await pass(50);
	device.hold();
	page = await device.loadAfterCrash((early) => {
		early.send(ROOM, "two");
	});
	server.fate = () => null;
	await backOnline();
}

/** The browser opens no database from now on until the function is called that is returned. */
function openSlowly(): () => void {
	const open = indexedDB.open.bind(indexedDB);
	const heard: (() => void)[] = [];
	vi.spyOn(indexedDB, "open").mockImplementation((...named) => {
		const request = open(...named);
		const listen = request.addEventListener.bind(request);
		vi.spyOn(request, "addEventListener").mockImplementation((type, hear) => {
			const later = (event: Event) => heard.push(() => (hear as EventListener)(event));
			listen(type, type === "success" ? later : hear);
		});
		return request;
	});
	return () => {
		vi.restoreAllMocks();
		for (const hear of heard) hear();
	};
}

beforeEach(async () => {
	server = freshDevice();
	stood = 0;
	const awake = performance.now.bind(performance);
	vi.spyOn(performance, "now").mockImplementation(() => awake() + stood);
	server.user = budi;
	server.bookings = [booking()];
	device = new DeviceWithDatabase();
	page = await device.load();
});

describe("a page that stood still while it waited for its database", () => {
	it("sends what waits first: the answer stood in the queue behind the timer", async () => {
		await writeBehindSilence();
		standStill(60_000);
		await pass(30_000);
		expect(sent()).toEqual([]);
		device.letGo(false);
		await pass(1_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("sends what it has when the database never answers, however late its timers are", async () => {
		await writeBehindSilence();
		for (let late = 1; late <= 5; late++) {
			standStill(60_000);
			await pass(30_000);
		}
		expect(sent()).toEqual(["two"]);
	});

	it("shows what waits there although it took longer to open than its patience, by its clock", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		const goOn = openSlowly();
		page = await device.loadAfterCrash();
		standStill(60_000);
		await pass(2_000);
		goOn();
		await pass(50);
		expect(page.thread(ROOM).value.messages.map(({ text }) => text)).toEqual(["one"]);
	});
});

describe("a database that takes its time", () => {
	it("is waited for by what was written behind a message that is known to be there", async () => {
		await writeBehindSilence();
		await pass(20_000);
		expect(sent()).toEqual([]);
		device.letGo(false);
		await pass(1_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("is waited for in the same way while it is being opened", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		const goOn = openSlowly();
		page = await device.loadAfterCrash((early) => {
			early.send(ROOM, "two");
		});
		server.fate = () => null;
		await backOnline();
		await pass(20_000);
		expect(sent()).toEqual([]);
		goOn();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("gives out what waits there whenever it is open, although nothing is written or touched", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		const goOn = openSlowly();
		server.fate = () => null;
		page = await device.loadAfterCrash();
		await pass(60_000);
		expect(sent()).toEqual([]);
		goOn();
		await pass(1_000);
		expect(sent()).toEqual(["one"]);
	});

	it("holds up for 5 s what nothing is known to stand before, and after that nothing more", async () => {
		openSlowly();
		page = await device.loadAfterCrash();
		page.send(ROOM, "one");
		await pass(4_900);
		expect(sent()).toEqual([]);
		await pass(200);
		page.send(ROOM, "two");
		await pass(0);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("is still waited for behind what waits there once another chat has stopped waiting", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		device.hold();
		server.fate = () => null;
		page = await device.loadAfterCrash((early) => {
			early.send(OTHER_ROOM, "elsewhere");
		});
		await pass(6_000);
		expect(asked()).toEqual(["one", "elsewhere"]);
		page.send(ROOM, "two");
		await pass(20_000);
		expect(asked()).toEqual(["one", "elsewhere"]);
		device.letGo(false);
		await pass(1_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("is told what was written before it was open, for the worker has nothing else", async () => {
		const goOn = openSlowly();
		server.fate = () => "down";
		page = await device.loadAfterCrash((early) => {
			early.send(ROOM, "one");
		});
		await pass(3_000);
		page.send(ROOM, "two");
		await pass(3_000);
		goOn();
		await pass(1_000);
		expect((await device.stored()).map(({ text }) => text)).toEqual(["one", "two"]);
	});

	it("is not waited for by what stands behind a message that has left since", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		expect(marks()).toHaveLength(1);
		const { deleteEntry } = await import("../storage/outboxDatabase");
		const [waiting] = await device.stored();
		// As the worker does it, which has no localStorage to note it in.
		void deleteEntry(budi.id, waiting?.clientId ?? "");
		await pass(50);
		page = await device.load();
		expect(marks()).toEqual([]);
		server.fate = () => null;
		page.send(ROOM, "two");
		await pass(1_000);
		expect(sent()).toEqual(["two"]);
		expect(marks()).toEqual([]);
	});

	it("is no reason to sign out without a word about what waits there", async () => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "one");
		await pass(50);
		const goOn = openSlowly();
		page = await device.loadAfterCrash();
		const refused = page.signOut();
		await pass(3_000);
		expect(await refused).toMatchObject({ ok: false, error: { code: "unsent" } });
		expect(page.unsentOnDevice()).toEqual({ messages: 1, orders: 0, answers: 0 });
		goOn();
		await pass(50);
		expect(page.unsentOnDevice()).toEqual({ messages: 1, orders: 0, answers: 0 });
	});

	it("is told that a message is at the server, which the page has heard before it was open", async () => {
		server.fate = ({ method }) => (method === "POST" ? "lost" : null);
		page.send(ROOM, "one");
		await pass(50);
		const goOn = openSlowly();
		page = await device.loadAfterCrash();
		await page.loadMessages(ROOM);
		expect(page.thread(ROOM).value.messages.map(({ text }) => text)).toEqual(["one"]);
		goOn();
		await pass(50);
		expect(page.unsentOnDevice()).toBeNull();
		expect(await device.stored()).toEqual([]);
		expect(marks()).toEqual([]);
	});

	it("gives out nothing that the person discarded with the sign-out, to the same person either", async () => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "one");
		await pass(50);
		const goOn = openSlowly();
		page = await device.loadAfterCrash();
		const left = page.signOut(true);
		await pass(3_000);
		expect(await left).toMatchObject({ ok: true });
		server.fate = () => null;
		server.user = budi;
		await page.loadSession();
		page.send(ROOM, "two");
		await pass(10_000);
		goOn();
		await pass(1_000);
		expect(asked().slice(1)).toEqual(["two"]);
		expect(await device.stored()).toEqual([]);
	});

	it("takes nothing along that was written after a sign-out whose wiping failed", async () => {
		const refusing = vi.spyOn(fake.IDBObjectStore.prototype, "delete").mockImplementation(() => {
			throw new DOMException("broken", "UnknownError");
		});
		const left = page.signOut(true);
		await pass(1_000);
		expect(await left).toMatchObject({ ok: true });
		refusing.mockRestore();
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		server.user = budi;
		await page.loadSession();
		page.send(ROOM, "one");
		await pass(1_000);
		page = await device.loadAfterCrash();
		server.fate = () => null;
		await backOnline();
		await pass(1_000);
		expect(sent()).toEqual(["one"]);
	});
});
