import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeServer, type Fate, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, ROOM, START } from "../net/testing/samples";
import {
	backOnline,
	fillDevice,
	freshDevice,
	loadPage,
	loadTabBeside,
	pass,
	type Seam,
	tellTabs,
} from "./testing/page";

const HOUR = 3_600_000;
let server: FakeServer;
let page: Seam;

const posts = () => server.to("POST", `/api/conversations/${ROOM}/messages`);
const sent = () => server.messages.map(({ message }) => message);
const linesOf = (tab: Seam) =>
	tab.thread(ROOM).value.messages.map(({ text, state }) => `${text}: ${state}`);
const stored = () => Object.keys(localStorage).filter((key) => key.startsWith("outbox_"));

/** The next `count` messages meet `fate`, then all goes well. */
function nextPosts(count: number, fate: Fate): void {
	let left = count;
	server.fate = ({ method, path }) =>
		method === "POST" && path.endsWith("/messages") && left-- > 0 ? fate : null;
}

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	page = await loadPage();
	await page.loadMessages(ROOM);
});

describe("a device clock that is set while messages wait", () => {
	it.each([-HOUR, HOUR])("by %i ms: what the server sent away goes out in time", async (jump) => {
		nextPosts(1, refusal(429, "too_many_requests", {}, 9));
		page.send(ROOM, "hello");
		await pass(1_000);
		vi.setSystemTime(START + jump);
		await backOnline();
		expect(posts()).toHaveLength(1);
		await pass(8_000);
		expect(sent()).toEqual(["hello"]);
	});

	it("back: what was written after still stands after, over a reload", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		vi.setSystemTime(START - HOUR);
		page.send(ROOM, "two");
		page = await loadPage();
		vi.setSystemTime(START - 2 * HOUR);
		page.send(ROOM, "three");
		server.fate = () => null;
		page = await loadPage();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two", "three"]);
	});

	it("back: what was removed leaves no place that is given twice", async () => {
		nextPosts(1, refusal(422, "contact_blocked"));
		const key = page.send(ROOM, "refused") ?? "";
		await pass(0);
		server.fate = () => "down";
		for (const text of ["one", "two"]) page.send(ROOM, text);
		page.discard(key);
		for (const text of ["three", "four", "five"]) page.send(ROOM, text);
		server.fate = () => null;
		page = await loadPage();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two", "three", "four", "five"]);
	});

	it("never makes a wait outlive the page: after a reload it is sent at once", async () => {
		nextPosts(1, refusal(429, "too_many_requests", {}, 3_000));
		page.send(ROOM, "hello");
		await pass(0);
		vi.setSystemTime(START - HOUR);
		page = await loadPage();
		expect(sent()).toEqual(["hello"]);
	});
});

describe("a connection that comes back", () => {
	it("is not missed by a message whose attempt still hangs in the old one", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		await pass(31_000);
		server.fate = ({ method }) => (method === "POST" ? "hangs" : null);
		await pass(30_000);
		const hanging = posts().length;
		server.fate = () => null;
		await backOnline();
		expect(posts()).toHaveLength(hanging);
		await pass(11_000);
		expect(sent()).toEqual(["hello"]);
	});
});

describe("a device that is full", () => {
	it("sends all the same, and the browser asks before a page with an unsent message goes", async () => {
		const mayLeave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
		server.fate = () => "down";
		page.send(ROOM, "kept");
		expect(mayLeave()).toBe(true);
		fillDevice();
		page.send(ROOM, "not kept");
		expect(mayLeave()).toBe(false);
		await pass(0);
		server.fate = () => null;
		await backOnline();
		expect(sent()).toEqual(["kept", "not kept"]);
		expect(mayLeave()).toBe(true);
	});
});

describe("two tabs of one device", () => {
	let other: Seam;

	beforeEach(async () => {
		other = await loadTabBeside();
		// Both are connected: no return of the connection is what sends things here.
		for (const socket of FakeSocket.all) {
			socket.welcome("c0");
			socket.pong();
		}
		await other.loadMessages(ROOM);
	});

	it("keep the order: what waits in one is sent before what is written in the other", async () => {
		nextPosts(1, "down");
		page.send(ROOM, "one");
		await pass(0);
		other.send(ROOM, "two");
		await pass(0);
		expect(sent()).toEqual(["one", "two"]);
		await pass(60_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("write in turns while nothing is sent: both, and a third, send them in that order", async () => {
		server.fate = () => "down";
		for (const [tab, text] of [
			[page, "1"],
			[other, "2"],
			[page, "3"],
			[other, "4"],
		] as const) {
			tab.send(ROOM, text);
		}
		await pass(0);
		server.fate = () => null;
		await loadTabBeside();
		await backOnline();
		await pass(60_000);
		expect(sent()).toEqual(["1", "2", "3", "4"]);
	});

	it("show what the other wrote, and send it when the other does not", async () => {
		tellTabs();
		server.fate = () => "hangs";
		page.send(ROOM, "hello");
		await pass(0);
		expect(linesOf(other)).toEqual(["hello: sending"]);
		server.fate = () => null;
		await pass(5_000);
		expect(sent()).toEqual(["hello"]);
		expect(linesOf(other)).toEqual(["hello: sent"]);
	});

	it("do not send twice what the other sends", async () => {
		tellTabs();
		page.send(ROOM, "hello");
		await pass(60_000);
		expect(posts()).toHaveLength(1);
		expect(linesOf(other)).toEqual([]);
	});

	it("lose a refused message together when it is removed in one", async () => {
		tellTabs();
		nextPosts(1, refusal(409, "chat_closed"));
		const key = page.send(ROOM, "hello") ?? "";
		await pass(0);
		expect([linesOf(page), linesOf(other)]).toEqual([["hello: failed"], ["hello: failed"]]);
		other.discard(key);
		await pass(0);
		expect([linesOf(page), linesOf(other)]).toEqual([[], []]);
		await pass(60_000);
		expect(stored()).toEqual([]);
	});

	it("do not bring a removed message back when a refusal of it comes late", async () => {
		tellTabs();
		nextPosts(1, refusal(409, "chat_closed"));
		const key = page.send(ROOM, "hello") ?? "";
		await pass(0);
		let answer = (_: Response) => {};
		const late = new Promise<Response>((resolve) => {
			answer = resolve;
		});
		vi.stubGlobal("fetch", (input: string, init?: RequestInit) =>
			init?.method === "POST" ? late : server.fetch(input, init),
		);
		page.retry(key);
		await pass(0);
		other.discard(key);
		await pass(0);
		answer(refusal(409, "chat_closed"));
		await pass(60_000);
		expect(stored()).toEqual([]);
		expect(linesOf(page)).toEqual([]);
	});

	it("keep a message that is only in the memory of the page when its storage is thrown away", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		await pass(0);
		localStorage.clear();
		server.fate = () => null;
		await backOnline();
		expect(sent()).toEqual(["hello"]);
	});
});

describe("what is damaged in the outbox", () => {
	const put = (clientId: string, entry: unknown) =>
		localStorage.setItem(`outbox_${budi.id}_${clientId}`, JSON.stringify(entry));
	const whole = { conversationId: ROOM, text: "hello", writtenAt: START, place: 1, refusal: null };

	it.each([
		["its time", { writtenAt: "yesterday" }],
		["its time, beyond every calendar", { writtenAt: 1e300 }],
		["its place", { place: -7.5 }],
		["its id", { clientId: 7 }],
		["its refusal", { refusal: "no" }],
		["everything but the text and its conversation", { writtenAt: {}, place: [], refusal: 3 }],
	])("%s: repaired and sent", async (_name, damage) => {
		put("c-9", { ...whole, ...damage });
		nextPosts(1, "down");
		page = await loadPage();
		await page.loadMessages(ROOM);
		const at = page.thread(ROOM).value.messages[0]?.at ?? Number.NaN;
		expect(() => new Intl.DateTimeFormat().format(at)).not.toThrow();
		await pass(1_000);
		expect(server.messages).toMatchObject([{ clientId: "c-9", message: "hello" }]);
	});

	it("a refusal's parts: left out, the refused text stays", async () => {
		const refusal = { code: "contact_blocked", status: 422, spans: "x", errors: 5, detail: {} };
		put("c-9", { ...whole, refusal });
		page = await loadPage();
		await page.loadMessages(ROOM);
		const [line] = page.thread(ROOM).value.messages;
		expect(line).toMatchObject({ text: "hello", state: "failed", problem: { spans: [] } });
		expect(posts()).toEqual([]);
	});

	it.each([
		["no object", 7],
		["a list", []],
		["null", null],
		["no text", { ...whole, text: 5 }],
	])("%s: passed over, and what stands behind it is sent", async (_name, entry) => {
		put("c-1", entry);
		put("c-2", { ...whole, place: 2, text: "fine" });
		page = await loadPage();
		await pass(100);
		expect(sent()).toEqual(["fine"]);
	});

	it("a place too high to count on: what is written next still stands behind what waits", async () => {
		server.fate = () => "down";
		put("c-1", { ...whole, place: Number.MAX_VALUE, text: "one" });
		page = await loadPage();
		page.send(ROOM, "two");
		server.fate = () => null;
		page = await loadPage();
		await pass(100);
		expect(sent()).toEqual(["one", "two"]);
	});
});
