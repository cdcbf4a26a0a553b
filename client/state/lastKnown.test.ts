import { beforeEach, describe, expect, it } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { booking, budi, message, ROOM } from "../net/testing/samples";
import { DeviceWithDatabase } from "./testing/database";
import { backOnline, freshDevice, pass, type Seam } from "./testing/page";

let server: FakeServer;
let device: DeviceWithDatabase;
let page: Seam;

const texts = (tab: Seam) => tab.thread(ROOM).value.messages.map(({ text }) => text);
const asOf = async () => (await import("./facts")).factsAsOf.value;
const numbered = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, at) =>
		message(from + at, { message: `m${from + at}` }),
	);

/** Opened without a network. */
async function openOffline(): Promise<void> {
	server.fate = () => "down";
	page = await device.load();
}

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	server.messages = numbered(1, 60);
	device = new DeviceWithDatabase();
	page = await device.load();
	await page.loadMessages(ROOM);
	await pass(1_200);
});

describe("what was known last, on a device without a network (R14 R30)", () => {
	it("is shown after a reload: bookings, chats, the last 50 messages, and as of when", async () => {
		const readAt = Date.now();
		await pass(600_000);
		await openOffline();
		expect(page.pending.value.map(({ bookingId }) => bookingId)).toEqual(["b-1"]);
		expect(page.conversation(ROOM).value?.therapistName).toBe("Ayu");
		expect(texts(page)).toEqual(numbered(11, 60).map(({ message: text }) => text));
		page.openChat(ROOM);
		await pass(50);
		expect(page.windows.value.map(({ step }) => step)).toEqual(["chat"]);
		expect(Math.abs(((await asOf()) ?? 0) - readAt)).toBeLessThan(1_500);
	});

	it("gives way to the server's word when it comes", async () => {
		await openOffline();
		server.fate = () => null;
		server.bookings = [booking({ status: "user_confirmed", version: 2 })];
		server.messages.push(message(61, { message: "new" }));
		await backOnline();
		await pass(2_000);
		expect(await asOf()).toBeNull();
		expect(page.pending.value).toEqual([]);
		expect(page.bookings.value.get("b-1")?.status).toBe("user_confirmed");
		expect(texts(page).at(-1)).toBe("new");
	});

	it("is never where the stream goes on from: the server's lists replace it, lower versions too", async () => {
		await openOffline();
		server.fate = () => null;
		server.bookings = [];
		await backOnline();
		await pass(2_000);
		expect(page.bookings.value.size).toBe(0);
		expect(page.conversations.value).toEqual([]);
	});

	it("opens the chat that was open before, and it stays open when the server answers", async () => {
		page.openChat(ROOM);
		await pass(50);
		await openOffline();
		expect(page.windows.value.map(({ step }) => step)).toEqual(["chat"]);
		server.fate = () => null;
		await backOnline();
		await pass(2_000);
		expect(page.windows.value.map(({ step }) => step)).toEqual(["chat"]);
	});

	it("is not shown to another person", async () => {
		server.user = { ...budi, id: "u-other" };
		server.bookings = [];
		page = await device.load();
		expect(page.bookings.value.size).toBe(0);
		await openOffline();
		expect(page.bookings.value.size).toBe(0);
		expect(texts(page)).toEqual([]);
	});

	it("goes when it turns out that another person is signed in by now", async () => {
		await openOffline();
		expect(texts(page)).toHaveLength(50);
		server.fate = () => null;
		server.user = { ...budi, id: "u-other" };
		server.bookings = [];
		await backOnline();
		await pass(2_000);
		expect(texts(page)).toEqual([]);
	});

	it("is shown soon when the network lets one wait", async () => {
		server.fate = () => "hangs";
		page = await device.load();
		expect(page.bookings.value.size).toBe(0);
		await pass(2_000);
		expect(page.pending.value).toHaveLength(1);
	});

	it("of a chat that was never opened here is fetched when nothing else is to be done", async () => {
		device = new DeviceWithDatabase();
		page = await device.load();
		await pass(8_000);
		await openOffline();
		expect(texts(page)).toHaveLength(50);
	});

	it("does not leave a hole where messages were missed", async () => {
		server.messages.push(...numbered(61, 140));
		await device.load();
		await pass(1_200);
		await openOffline();
		expect(texts(page)).toEqual(["m140"]);
	});
});

describe("leaving this device", () => {
	it("by choice removes all of the person from the database, with what is unsent", async () => {
		server.fate = ({ path, method }) =>
			method === "POST" && path.endsWith("/messages") ? "down" : null;
		page.send(ROOM, "hello");
		await pass(50);
		expect(await page.signOut()).toMatchObject({ ok: false, error: { code: "unsent" } });
		const left = page.signOut(true);
		await pass(50);
		expect(await left).toMatchObject({ ok: true });
		expect(await device.keys()).toEqual([]);
		expect(localStorage.getItem("tenang.wiping")).toBeNull();
	});

	it("by choice, when the tab dies meanwhile: the next start removes it", async () => {
		server.fate = ({ path, method }) =>
			method === "POST" && path.endsWith("/messages") ? "down" : null;
		page.send(ROOM, "hello");
		await pass(50);
		device.hold();
		void page.signOut(true);
		await pass(50);
		await device.loadAfterCrash();
		await pass(200);
		expect(await device.keys()).toEqual([]);
	});

	it("without being asked leaves what is unsent for that person, and nothing to read", async () => {
		server.fate = ({ path, method }) =>
			method === "POST" && path.endsWith("/messages") ? "down" : null;
		page.send(ROOM, "hello");
		await pass(50);
		server.user = null;
		page = await device.load();
		await pass(100);
		expect((await device.keys()).map(([store]) => store)).toEqual(["outbox"]);
		server.fate = () => null;
		server.user = budi;
		page = await device.load();
		await pass(1_000);
		expect(server.messages.at(-1)?.message).toBe("hello");
	});
});
