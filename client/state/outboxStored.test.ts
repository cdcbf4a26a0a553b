import * as fake from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeServer, type Fate, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, ROOM, START } from "../net/testing/samples";
import { DeviceWithDatabase } from "./testing/database";
import { backOnline, fillDevice, freshDevice, pass, type Seam } from "./testing/page";

let server: FakeServer;
let device: DeviceWithDatabase;
let page: Seam;

const posts = () => server.to("POST", `/api/conversations/${ROOM}/messages`);
const sent = () => server.messages.map(({ message }) => message);
const intents = () => Object.keys(localStorage).filter((key) => key.startsWith("outbox_"));
const storedTexts = async () => (await device.stored()).map(({ text }) => text);
const linesOf = (tab: Seam) =>
	tab.thread(ROOM).value.messages.map(({ text, state }) => `${text}: ${state}`);
const mayLeave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

/** The next `count` messages meet `fate`, then all goes well. */
function nextPosts(count: number, fate: Fate): void {
	let left = count;
	server.fate = ({ method, path }) =>
		method === "POST" && path.endsWith("/messages") && left-- > 0 ? fate : null;
}

async function loadAgain(how: "load" | "loadAfterCrash" = "load"): Promise<void> {
	page = await device[how]();
	await page.loadMessages(ROOM);
}

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	device = new DeviceWithDatabase();
	await loadAgain();
});

describe("a message that waits, on a device with a database (R13 R31)", () => {
	it("is on the screen at once, in localStorage in the same instant, then in the database alone", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		expect(linesOf(page)).toEqual(["hello: sending"]);
		expect(intents()).toHaveLength(1);
		await pass(50);
		expect(intents()).toEqual([]);
		expect(await storedTexts()).toEqual(["hello"]);
	});

	it("goes out in the order of writing, over reloads and with a clock set back", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		vi.setSystemTime(START - 3_600_000);
		page.send(ROOM, "two");
		await loadAgain();
		page.send(ROOM, "three");
		expect(linesOf(page)).toHaveLength(3);
		await loadAgain();
		server.fate = () => null;
		await backOnline();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two", "three"]);
		expect(await storedTexts()).toEqual([]);
	});

	it("stands behind what waits also when it is written before the database was read", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		device.hold();
		page = await device.loadAfterCrash((early) => {
			early.send(ROOM, "two");
		});
		device.letGo(false);
		server.fate = () => null;
		await backOnline();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("is there once after a tab that died before its transaction was complete", async () => {
		server.fate = () => "down";
		device.hold();
		page.send(ROOM, "hello");
		await pass(50);
		server.fate = () => null;
		await loadAgain("loadAfterCrash");
		await pass(1_000);
		expect(sent()).toEqual(["hello"]);
		expect(posts().filter(({ body }) => body.message === "hello").length).toBeLessThanOrEqual(2);
	});

	it("is there once after a tab that died between the transaction and the end of the intent", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		const [key = ""] = intents();
		const intent = localStorage.getItem(key) ?? "";
		await pass(50);
		localStorage.setItem(key, intent);
		await loadAgain("loadAfterCrash");
		expect(linesOf(page)).toEqual(["hello: waiting"]);
		server.fate = () => null;
		await backOnline();
		await pass(1_000);
		expect(sent()).toEqual(["hello"]);
		expect([intents(), await storedTexts()]).toEqual([[], []]);
	});

	it("is taken over from the localStorage of a version without a database", async () => {
		const entry = { conversationId: ROOM, writtenAt: START, refusal: null };
		for (const [place, text] of ["one", "two"].entries()) {
			localStorage.setItem(
				`outbox_${budi.id}_c-${place}`,
				JSON.stringify({ ...entry, text, place: place + 1 }),
			);
		}
		server.fate = () => "down";
		await loadAgain();
		await pass(50);
		expect([intents(), await storedTexts()]).toEqual([[], ["one", "two"]]);
		page.send(ROOM, "three");
		server.fate = () => null;
		await backOnline();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two", "three"]);
	});

	it("leaves with a final refusal what stands behind it free, and keeps its text over a reload", async () => {
		nextPosts(1, refusal(422, "contact_blocked"));
		page.send(ROOM, "my number");
		page.send(ROOM, "fine");
		await pass(1_000);
		expect(sent()).toEqual(["fine"]);
		await loadAgain();
		expect(linesOf(page)).toEqual(["fine: sent", "my number: failed"]);
	});
});

describe("a database that does not do its work", () => {
	it("full in mid-way: what does not fit waits in localStorage and is sent", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		device.fill();
		page.send(ROOM, "two");
		await pass(50);
		expect([intents().length, await storedTexts()]).toEqual([1, ["one"]]);
		expect(page.thread(ROOM).value.messages.map(({ isKept }) => isKept)).toEqual([true, true]);
		expect(mayLeave()).toBe(true);
		await loadAgain();
		server.fate = () => null;
		await backOnline();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("full for one message: none behind it is where the worker would send it first", async () => {
		server.fate = () => "down";
		device.fill();
		page.send(ROOM, "one");
		await pass(50);
		vi.restoreAllMocks();
		page.send(ROOM, "two");
		await pass(50);
		expect(await storedTexts()).toEqual(["one", "two"]);
		expect(intents()).toEqual([]);
	});

	it("full for good: what is small enough waits beside what is not", async () => {
		server.fate = () => "down";
		const put = fake.IDBObjectStore.prototype.put;
		vi.spyOn(fake.IDBObjectStore.prototype, "put").mockImplementation(function (
			this: IDBObjectStore,
			value: { text: string },
			...key: unknown[]
		) {
			if (value.text === "too long") throw new DOMException("full", "QuotaExceededError");
			return put.call(this as never, value, ...(key as [])) as never;
		} as never);
		for (const text of ["zero", "too long", "short"]) page.send(ROOM, text);
		await pass(50);
		expect([intents().length, await storedTexts()]).toEqual([2, ["zero"]]);
		await loadAgain();
		await pass(50);
		expect([intents().length, await storedTexts()]).toEqual([2, ["zero"]]);
		server.fate = () => null;
		await backOnline();
		await pass(1_000);
		expect(sent()).toEqual(["zero", "too long", "short"]);
	});

	it("full together with localStorage: the browser asks before the page goes, and it is sent", async () => {
		server.fate = () => "down";
		device.fill();
		fillDevice();
		page.send(ROOM, "hello");
		await pass(50);
		expect(mayLeave()).toBe(false);
		expect(page.thread(ROOM).value.messages.at(-1)?.isKept).toBe(false);
		server.fate = () => null;
		await backOnline();
		await pass(50);
		expect(page.thread(ROOM).value.messages.at(-1)?.isKept).toBe(true);
		expect(sent()).toEqual(["hello"]);
		expect(mayLeave()).toBe(true);
	});

	it("localStorage full and the database not: it counts as kept once the transaction is complete", async () => {
		server.fate = () => "down";
		fillDevice();
		page.send(ROOM, "hello");
		expect(mayLeave()).toBe(false);
		await pass(50);
		expect(mayLeave()).toBe(true);
		await loadAgain();
		expect(linesOf(page)).toEqual(["hello: waiting"]);
	});

	it.each(["blocked", "refused", "throws"] as const)(
		"%s when it is opened: all goes on from localStorage",
		async (how) => {
			device.breakOpening(how);
			server.fate = () => "down";
			await loadAgain();
			page.send(ROOM, "hello");
			await pass(3_000);
			expect(mayLeave()).toBe(true);
			await loadAgain();
			server.fate = () => null;
			await backOnline();
			await pass(5_000);
			expect(sent()).toEqual(["hello"]);
		},
	);

	it("closes for a newer version of the app, and what waits goes back to localStorage", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		await pass(50);
		await device.upgrade();
		expect(intents()).toHaveLength(1);
		expect(linesOf(page)).toEqual(["hello: waiting"]);
	});

	it("damaged records are passed over or repaired, and the rest is sent", async () => {
		const whole = { conversationId: ROOM, text: "fine", writtenAt: START, place: 2, refusal: null };
		await device.put("message:c-1", 7);
		await device.put("message:c-2", { ...whole, text: 5 });
		await device.put("message:c-3", { ...whole, writtenAt: "x", place: -1, clientId: 9 });
		await device.put("order:t-ayu", { attempt: "no" });
		await loadAgain();
		await pass(100);
		expect(sent()).toEqual(["fine"]);
	});
});

describe("two tabs of one device with a database", () => {
	let other: Seam;

	beforeEach(async () => {
		other = await device.loadBeside();
		for (const socket of FakeSocket.all) {
			socket.welcome("c0");
			socket.pong();
		}
		await other.loadMessages(ROOM);
	});

	it("send one after the other under one lock: each message once, in order", async () => {
		server.fate = () => "down";
		for (const [tab, text] of [
			[page, "1"],
			[other, "2"],
			[page, "3"],
			[other, "4"],
		] as const) {
			tab.send(ROOM, text);
			await pass(50);
		}
		server.fate = () => null;
		const before = posts().length;
		await backOnline();
		await pass(60_000);
		expect(sent()).toEqual(["1", "2", "3", "4"]);
		expect(posts()).toHaveLength(before + 4);
		expect([linesOf(page), linesOf(other)]).toEqual([
			["1: sent", "2: sent", "3: sent", "4: sent"],
			["1: sent", "2: sent", "3: sent", "4: sent"],
		]);
	});

	it("wait for the one that is sending, and go on when it dies", async () => {
		server.fate = () => "hangs";
		page.send(ROOM, "hello");
		await pass(50);
		expect(linesOf(other)).toEqual(["hello: sending"]);
		server.fate = () => null;
		await pass(6_000);
		expect(posts()).toHaveLength(1);
		await pass(10_000);
		expect(sent()).toEqual(["hello"]);
	});

	it("lose a refused message together when it is removed in one", async () => {
		nextPosts(1, refusal(409, "chat_closed"));
		const key = page.send(ROOM, "hello") ?? "";
		await pass(50);
		expect([linesOf(page), linesOf(other)]).toEqual([["hello: failed"], ["hello: failed"]]);
		other.discard(key);
		await pass(50);
		expect([linesOf(page), linesOf(other), await storedTexts()]).toEqual([[], [], []]);
		await pass(60_000);
		expect(posts()).toHaveLength(1);
	});
});
