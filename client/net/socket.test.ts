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
		heard: vi.fn(),
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

	it("measures the round trip when it is asked to", () => {
		raw().welcome("c7");
		socket.ping();
		vi.advanceTimersByTime(80);
		raw().pong(12);
		expect(on.pong).toHaveBeenCalledExactlyOnceWith(80, 12);
	});

	it("measures right also when the device's clock is set back meanwhile", () => {
		raw().welcome();
		socket.ping();
		vi.setSystemTime(Date.now() - 3_600_000);
		vi.advanceTimersByTime(80);
		raw().pong(12);
		expect(on.pong).toHaveBeenCalledExactlyOnceWith(80, 12);
	});

	it("measures nothing by the answer to an older ping", () => {
		raw().welcome();
		socket.ping();
		const t = raw().frames("ping").at(-1)?.t ?? 0;
		vi.advanceTimersByTime(4_000);
		socket.ping();
		raw().say({ type: "pong", t, head: 1, serverTime: "" });
		expect(on.pong).not.toHaveBeenCalled();
		expect(on.heard).toHaveBeenCalledTimes(2);
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
