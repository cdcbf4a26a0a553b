import { beforeEach, describe, expect, it } from "vitest";
import type { ServerFrame } from "../net/frames";
import type { FakeServer } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { budi, message, ROOM } from "../net/testing/samples";
import { freshDevice, loadPage, pass, type Seam } from "./testing/page";

type Presence = Extract<ServerFrame, { type: "presence" }>;

let server: FakeServer;
let page: Seam;
let typing: typeof import("./typing");
let presence: typeof import("./presence");

async function load(change: Partial<typeof budi> = {}): Promise<void> {
	server = freshDevice();
	server.user = { ...budi, ...change };
	page = await loadPage();
	typing = await import("./typing");
	presence = await import("./presence");
	FakeSocket.last.welcome("c0");
	FakeSocket.last.pong();
	await pass(0);
}

const types = (role: "therapist" | "customer" = "therapist") =>
	FakeSocket.last.say({ type: "typing", conversationId: ROOM, role });
const stands = (isOnline: Presence["isOnline"], lastSeenAt: string | null = null) =>
	FakeSocket.last.say({ type: "presence", conversationId: ROOM, isOnline, lastSeenAt });
const arrives = (seq: number, change = {}) =>
	FakeSocket.last.say({
		type: "events",
		events: [{ seq, type: "message.created", data: message(seq, change), at: "" }],
		cursor: `c${seq}`,
	});
const told = () => FakeSocket.last.frames("typing").length;
const watched = () => FakeSocket.last.frames("presence").at(-1)?.watch;

beforeEach(() => load());

describe("the other one writes", () => {
	it("until 6 s after the last sign", async () => {
		types();
		await pass(3_000);
		types();
		await pass(5_900);
		expect(typing.isTyping(ROOM).value).toBe(true);
		await pass(200);
		expect(typing.isTyping(ROOM).value).toBe(false);
	});

	it("until the message is here", () => {
		types();
		arrives(1);
		expect(typing.isTyping(ROOM).value).toBe(false);
	});

	it("although a message of one's own comes in between", () => {
		types();
		arrives(1, { senderRole: "customer" });
		expect(typing.isTyping(ROOM).value).toBe(true);
	});

	it("not any more as far as is known, when the line is lost", () => {
		types();
		FakeSocket.last.cut();
		expect(typing.isTyping(ROOM).value).toBe(false);
	});
});

describe("the person writes", () => {
	it("which is told again at once after a message was sent", async () => {
		typing.typeIn(ROOM);
		await pass(700);
		page.send(ROOM, "On my way");
		typing.typeIn(ROOM);
		expect(told()).toBe(2);
	});

	it("which is told again as soon as the server hears it, when the message was short", async () => {
		typing.typeIn(ROOM);
		page.send(ROOM, "Ok");
		typing.typeIn(ROOM);
		expect(told()).toBe(1);
		await pass(700);
		typing.typeIn(ROOM);
		expect(told()).toBe(2);
	});

	it("which is told at most every 3 s", async () => {
		typing.typeIn(ROOM);
		await pass(2_900);
		typing.typeIn(ROOM);
		expect(told()).toBe(1);
		await pass(200);
		typing.typeIn(ROOM);
		expect(told()).toBe(2);
	});

	it("which is not told when she does not want it", async () => {
		await load({ shareTyping: false });
		typing.typeIn(ROOM);
		expect(told()).toBe(0);
	});

	it("which is not told later, when there was no line", async () => {
		FakeSocket.last.cut();
		typing.typeIn(ROOM);
		await pass(1_100);
		FakeSocket.last.welcome("c0");
		expect(told()).toBe(0);
	});
});

describe("whether the other one is here", () => {
	it("is asked for as long as somebody looks, and on every new line", async () => {
		const stop = presence.followPresence(ROOM);
		expect(watched()).toEqual([ROOM]);
		FakeSocket.last.cut();
		await pass(1_100);
		FakeSocket.last.welcome("c0");
		expect(watched()).toEqual([ROOM]);
		stop();
		expect(watched()).toEqual([]);
	});

	it("is what the server said last", () => {
		presence.followPresence(ROOM);
		stands(true);
		expect(presence.presenceIn(ROOM).value).toEqual({ isOnline: true });
		stands(false, "2026-03-10T03:55:00.000Z");
		const lastSeenAt = Date.parse("2026-03-10T03:55:00.000Z");
		expect(presence.presenceIn(ROOM).value).toEqual({ isOnline: false, lastSeenAt });
	});

	it.each([
		[null, null],
		[false, null],
		[false, "never"],
	])("is not known: %s, %s", (isOnline, lastSeenAt) => {
		presence.followPresence(ROOM);
		stands(true);
		stands(isOnline, lastSeenAt);
		expect(presence.presenceIn(ROOM).value).toBeNull();
	});

	it("is not known without a socket: an old word would be a lie", async () => {
		presence.followPresence(ROOM);
		stands(true);
		FakeSocket.last.cut();
		expect(presence.presenceIn(ROOM).value).toBeNull();
		await pass(2_000);
		expect(page.connection.value.connectionType).toBe("polling");
		expect(presence.presenceIn(ROOM).value).toBeNull();
	});

	describe("does not flicker when the server is replaced", () => {
		const isHere = () => presence.presenceIn(ROOM).value;

		beforeEach(() => {
			presence.followPresence(ROOM);
			stands(true);
			FakeSocket.last.cut(1012);
		});

		async function comeBack(): Promise<void> {
			await pass(1_500);
			FakeSocket.last.welcome("c0");
			FakeSocket.last.pong();
		}

		it("and whoever comes back as well was never away", async () => {
			expect(isHere()).toEqual({ isOnline: true });
			await comeBack();
			stands(false, "2026-03-10T03:55:00.000Z");
			expect(isHere()).toEqual({ isOnline: true });
			stands(true);
			await pass(4_000);
			expect(isHere()).toEqual({ isOnline: true });
		});

		it("and whoever does not is said to have gone within 5 s", async () => {
			await comeBack();
			stands(false, "2026-03-10T03:55:00.000Z");
			await pass(3_600);
			expect(isHere()).toMatchObject({ isOnline: false });
		});

		it("and nothing is known after 5 s without a line", async () => {
			await pass(5_000);
			expect(isHere()).toBeNull();
		});

		it("and a device without a network knows nothing at once", () => {
			window.dispatchEvent(new Event("offline"));
			expect(isHere()).toBeNull();
		});
	});

	it("is not asked for more conversations than the server takes", () => {
		for (let at = 0; at < 25; at++) presence.followPresence(`room-${at}`);
		expect(watched()).toHaveLength(20);
		expect(watched()).toContain("room-24");
	});
});
