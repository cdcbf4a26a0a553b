// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createServerClock } from "./serverClock";
import { openSocket, type Socket, type SocketListener } from "./socket";
import { FakeSocket } from "./testing/fakeSocket";
import { deviceTiming } from "./timing";

let on: { [Name in keyof SocketListener]: ReturnType<typeof vi.fn<SocketListener[Name]>> };
let socket: Socket;
const raw = () => FakeSocket.last;

beforeEach(() => {
	vi.useFakeTimers();
	FakeSocket.all = [];
	on = {
		welcome: vi.fn(),
		batch: vi.fn(),
		pong: vi.fn(),
		ephemeral: vi.fn<SocketListener["ephemeral"]>(),
		therapistStatus: vi.fn(),
		lost: vi.fn(),
	};
	const parts = { timing: deviceTiming, serverClock: createServerClock(Date.now), log: () => {} };
	socket = openSocket({ ...parts, open: FakeSocket.open }, "c7", on);
});

describe("one socket", () => {
	it("says hello first, with the cursor to go on from", () => {
		raw().accept();
		expect(raw().sent).toEqual([{ type: "hello", v: 1, after: "c7" }]);
	});

	it("measures the round trip as soon as it is welcome", () => {
		raw().welcome("c7");
		vi.advanceTimersByTime(80);
		raw().pong(12);
		expect(on.pong).toHaveBeenCalledExactlyOnceWith(80, 12);
	});

	it("measures again 5 s later, when the page is not busy starting, and then every 15 s", () => {
		const pings = () => raw().frames("ping").length;
		raw().welcome();
		raw().pong();
		for (const wait of [5_000, 15_000, 15_000]) {
			const before = pings();
			vi.advanceTimersByTime(wait - 1);
			expect(pings()).toBe(before);
			vi.advanceTimersByTime(1);
			expect(pings()).toBe(before + 1);
			raw().pong();
		}
	});

	it("counts any frame as a sign of life while a pong is under way", () => {
		raw().welcome();
		vi.advanceTimersByTime(4_000);
		raw().say({ type: "events", events: [], cursor: "c8" });
		vi.advanceTimersByTime(4_000);
		raw().pong();
		vi.advanceTimersByTime(4_900);
		expect(on.lost).not.toHaveBeenCalled();
	});

	it.each([
		["not JSON", "{"],
		["binary", new ArrayBuffer(4)],
		["null", "null"],
		["no type", "{}"],
		["an unknown type", '{"type":"of.tomorrow"}'],
	])("goes on after a frame that is %s", (_name, data) => {
		raw().welcome();
		raw().sayRaw(data);
		raw().say({ type: "events", events: [], cursor: "c9" });
		expect(on.batch).toHaveBeenCalledExactlyOnceWith({ events: [], cursor: "c9", reset: false });
		expect(on.lost).not.toHaveBeenCalled();
	});

	it("reports its loss once, and nothing after it", () => {
		raw().welcome();
		const gone = raw();
		gone.cut(1012, "restart");
		gone.cut(1006);
		gone.say({ type: "events", events: [], cursor: "c9" });
		vi.advanceTimersByTime(60_000);
		expect(on.lost).toHaveBeenCalledExactlyOnceWith(1012, "restart");
		expect(on.batch).not.toHaveBeenCalled();
	});

	it("is not lost when it was closed from here", () => {
		raw().welcome();
		socket.close();
		raw().cut(1000);
		vi.advanceTimersByTime(60_000);
		expect(on.lost).not.toHaveBeenCalled();
	});
});
