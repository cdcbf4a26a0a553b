import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeServer, type Fate, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { ROOM } from "../net/testing/samples";
import { meetNextPosts, openChat, postsTo, sentTo } from "./testing/chatOnDevice";
import { backOnline, loadTabBeside, pass, type Seam, tellTabs } from "./testing/page";

let server: FakeServer;
let page: Seam;

const posts = () => postsTo(server);
const sent = () => sentTo(server);
const linesOf = (tab: Seam) =>
	tab.thread(ROOM).value.messages.map(({ text, state }) => `${text}: ${state}`);
const stored = () => Object.keys(localStorage).filter((key) => key.startsWith("outbox_"));

const nextPosts = (count: number, fate: Fate) => meetNextPosts(server, count, fate);

beforeEach(async () => {
	({ server, page } = await openChat());
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
