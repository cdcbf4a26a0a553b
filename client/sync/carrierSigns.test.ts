import { beforeEach, describe, expect, it, vi } from "vitest";
import { failed, problem } from "../net/problem";
import { FakeSocket } from "../net/testing/fakeSocket";
import { deviceTiming } from "../net/timing";
import {
	carrier,
	carryWith,
	events,
	freshCarrier,
	openings,
	pass,
	signedOut,
	status,
	works,
} from "./testing/carried";

/** How long the page has stood still: its clock went on, and no timer came. */
let stood = 0;
const standStill = (ms: number) => {
	stood += ms;
};

beforeEach(() => {
	stood = 0;
	freshCarrier();
	const awake = performance.now.bind(performance);
	vi.spyOn(performance, "now").mockImplementation(() => awake() + stood);
	return () => vi.restoreAllMocks();
});

describe("what a close code means", () => {
	const reopenedAfter = async (code: number, reason = "") => {
		carrier.start(true);
		FakeSocket.last.welcome();
		await pass(10);
		const before = openings();
		FakeSocket.last.cut(code, reason);
		let waited = 0;
		for (; openings() === before && waited < 60_000; waited += 100) await pass(100);
		return waited;
	};

	it("1012: the server restarts, back within a second", async () => {
		carryWith({ timing: { ...deviceTiming, random: () => 0.5 } });
		expect(await reopenedAfter(1012)).toBeLessThanOrEqual(1_000);
	});

	it("4008: too slow, resumes at once", async () => {
		expect(await reopenedAfter(4008)).toBeLessThanOrEqual(100);
	});

	it("4029: too many frames, stays away as long as told", async () => {
		expect(await reopenedAfter(4029, "retry-after=7")).toBe(7_000);
	});

	it("4001: signed out, neither socket nor poll goes on", async () => {
		expect(await reopenedAfter(4001)).toBe(60_000);
		expect(signedOut).toHaveBeenCalledOnce();
		expect(status).toMatchObject({ connectionType: "none", nextAttemptAt: null });
	});

	it("a poll answered with 401 means the same", async () => {
		events.mockResolvedValue(failed(problem("sign_in_required", 401)));
		carrier.start(true);
		await pass(2_000);
		expect(signedOut).toHaveBeenCalledOnce();
		expect(FakeSocket.last.isClosed).toBe(true);
	});
});

describe("signs from the browser are acted on at once", () => {
	it("back online: a new socket and a poll in the same moment, whatever the ladder says", async () => {
		carrier.start(true);
		for (let loss = 0; loss < 5; loss++) {
			FakeSocket.last.cut();
			await pass(31_000);
		}
		FakeSocket.last.cut();
		const before = openings();
		events.mockClear();
		carrier.wake();
		await pass(0);
		expect(openings()).toBe(before + 1);
		expect(events).toHaveBeenCalledWith("c1", 0, expect.anything());
	});

	it("seen again with a dead socket: back within 5 s", async () => {
		carrier.start(true);
		await works();
		carrier.wake();
		await pass(3_100);
		expect(openings()).toBe(2);
		expect(status.connectionType).toBe("polling");
	});

	it("forced: a new socket in the place of one that works", async () => {
		carrier.start(true);
		await works();
		carrier.sense("reconnect");
		expect(FakeSocket.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	it("woken from sleep: a new socket in the place of one that may be dead", async () => {
		carrier.start(true);
		await works();
		vi.setSystemTime(Date.now() + 3_600_000);
		await pass(2_000);
		expect(FakeSocket.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	describe("a poll that was held while the device slept", () => {
		/** No socket opens, and the poll brings the events. */
		const polling = async () => {
			carrier.start(true);
			await pass(2_000);
			expect(status.connectionType).toBe("polling");
			const signal = events.mock.lastCall?.[2];
			events.mockClear();
			return signal;
		};

		it.each([
			["by a device clock that went on alone", () => vi.setSystemTime(Date.now() + 3_600_000)],
			["by timers that come an hour late", () => standStill(3_600_000)],
		])("is asked anew, %s, and the old one is given up", async (_name, sleep) => {
			const old = await polling();
			sleep();
			await pass(2_100);
			expect(events.mock.calls[0]?.[1]).toBe(0);
			expect(old?.aborted).toBe(true);
			expect(openings()).toBe(2);
		});

		it("is left alone by a clock that is set back, and by a timer that is a little late", async () => {
			await polling();
			vi.setSystemTime(Date.now() - 3_600_000);
			await pass(2_000);
			standStill(4_000);
			await pass(2_000);
			expect(events).not.toHaveBeenCalled();
		});

		it("on a page that nobody sees is asked anew at its next timer at the latest", async () => {
			await polling();
			carrier.sense("hidden");
			vi.setSystemTime(Date.now() + 3_600_000);
			await pass(8_100);
			expect(events.mock.calls[0]?.[1]).toBe(0);
			expect(openings()).toBe(2);
		});
	});

	it("several signs of one return make one attempt", async () => {
		carrier.start(true);
		await pass(3_000);
		const before = openings();
		carrier.wake();
		carrier.wake();
		carrier.wake();
		expect(openings()).toBe(before + 1);
	});

	it("seen again with an open socket: it must prove itself within 5 s", async () => {
		carrier.start(true);
		FakeSocket.last.welcome();
		FakeSocket.last.pong();
		carrier.wake();
		expect(FakeSocket.last.frames("ping")).toHaveLength(2);
		await pass(5_100);
		expect(FakeSocket.all[0]?.isClosed).toBe(true);
	});

	it("offline: lets go at once, and looks again after 30 s even if no sign comes", async () => {
		carrier.start(true);
		FakeSocket.last.welcome();
		carrier.offline();
		expect(status).toMatchObject({ isConnected: false, connectionType: "none" });
		expect(FakeSocket.last.isClosed).toBe(true);
		const before = openings();
		await pass(29_000);
		expect(openings()).toBe(before);
		await pass(1_100);
		expect(openings()).toBe(before + 1);
	});

	it("without a session there is a socket for live availability, and never a poll", async () => {
		carrier.start(false);
		await pass(5_000);
		FakeSocket.last.cut();
		await pass(60_000);
		expect(events).not.toHaveBeenCalled();
		expect(openings()).toBeGreaterThan(2);
	});
});
