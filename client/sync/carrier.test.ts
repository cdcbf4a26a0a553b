// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Api } from "../net/api";
import { failed, problem } from "../net/problem";
import { createServerClock } from "../net/serverClock";
import { FakeSocket } from "../net/testing/fakeSocket";
import { deviceTiming } from "../net/timing";
import type { EventBatch } from "../net/types";
import { type Carrier, type CarrierParts, createCarrier } from "./carrier";
import { type ConnectionStatus, notConnected } from "./connectionStatus";
import type { Stream } from "./stream";

const nothing: EventBatch = { events: [], cursor: "c1", reset: false };

let status: ConnectionStatus;
let received: EventBatch[];
let events: ReturnType<typeof vi.fn<Api["events"]>>;
let signedOut: ReturnType<typeof vi.fn<() => void>>;
let carrier: Carrier;

/** A server that answers an unheld poll at once and holds the others until they are aborted. */
const holding: Api["events"] = (_after, wait, signal) =>
	wait === 0
		? Promise.resolve({ ok: true, value: nothing })
		: new Promise((resolve) => {
				const stop = () => resolve(failed(problem("unreachable")));
				signal?.addEventListener("abort", stop, { once: true });
			});

function made(change: Partial<CarrierParts> = {}): Carrier {
	const stream: Stream = {
		cursor: () => "c1",
		receive: (batch) => received.push(batch),
		noticeHead: () => {},
		standsBehind: () => {},
		begin: () => {},
		learn: () => {},
		retry: () => {},
		end: () => {},
	};
	return createCarrier({
		api: { events },
		stream,
		open: FakeSocket.open,
		timing: { ...deviceTiming, random: () => 0 },
		serverClock: createServerClock(Date.now),
		log: () => {},
		status: (next) => {
			status = next;
		},
		therapistStatus: () => {},
		ephemeral: () => {},
		signedOut,
		outdated: () => {},
		...change,
	});
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** A socket that is welcome and answers its first two pings. */
async function works(): Promise<void> {
	FakeSocket.last.welcome();
	FakeSocket.last.pong();
	await pass(5_000);
	FakeSocket.last.pong();
}
const openings = () => FakeSocket.all.length;

beforeEach(() => {
	vi.useFakeTimers();
	FakeSocket.all = [];
	received = [];
	status = notConnected;
	events = vi.fn(holding);
	signedOut = vi.fn();
	carrier = made();
});

describe("the carrier: events flow whatever the socket does (R20)", () => {
	it("polls within 2 s of a socket that hangs: accepted, never answered", async () => {
		carrier.start(true);
		FakeSocket.last.accept();
		await pass(1_900);
		expect(events).toHaveBeenCalledWith("c1", 0, expect.anything());
		expect(status).toMatchObject({ isConnected: true, connectionType: "polling" });
	});

	it("polls at once for the guest who is made on a page whose socket hangs", async () => {
		carrier.start(false);
		FakeSocket.last.accept();
		await pass(3_000);
		carrier.start(true);
		await pass(0);
		expect(status.connectionType).toBe("polling");
	});

	it("polls within 2 s of a socket that never even opens", async () => {
		carrier.start(true);
		await pass(1_900);
		expect(status.connectionType).toBe("polling");
	});

	it("polls within 2 s of a socket that cannot be made", async () => {
		carrier = made({
			open: () => {
				throw new Error("blocked");
			},
		});
		carrier.start(true);
		await pass(1_900);
		expect(status.connectionType).toBe("polling");
	});

	it("polls within 2 s of the loss of a working socket", async () => {
		carrier.start(true);
		FakeSocket.last.welcome();
		await pass(60);
		FakeSocket.last.cut();
		expect(status.isConnected).toBe(false);
		await pass(900);
		FakeSocket.last.accept();
		await pass(1_000);
		expect(status.connectionType).toBe("polling");
	});

	it("does not poll while the socket works, and stops polling when its welcome arrives", async () => {
		carrier.start(true);
		await pass(1_500);
		const signal = events.mock.calls.at(-1)?.[2];
		const working = works();
		expect(signal?.aborted).toBe(true);
		expect(status).toMatchObject({ connectionType: "websocket", reconnectAttempts: 0 });
		events.mockClear();
		await working;
		await pass(14_000);
		expect(events).not.toHaveBeenCalled();
	});

	it("keeps polling through every failed attempt of the socket", async () => {
		carrier.start(true);
		await pass(1_500);
		for (let second = 0; second < 60; second++) {
			await pass(1_000);
			expect(status.connectionType).toBe("polling");
		}
		expect(openings()).toBeGreaterThan(2);
	});

	it("gives up a socket without a welcome after 10 s", async () => {
		carrier.start(true);
		FakeSocket.last.accept();
		await pass(9_900);
		expect(FakeSocket.last.isClosed).toBe(false);
		await pass(200);
		expect(FakeSocket.all[0]?.isClosed).toBe(true);
	});

	it("comes back after 1, 2, 4, 8, 16, 30 and again 30 s", async () => {
		carrier.start(true);
		for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
			const before = openings();
			FakeSocket.last.cut();
			await pass(wait - 50);
			expect(openings(), `before ${wait} ms`).toBe(before);
			await pass(100);
			expect(openings(), `after ${wait} ms`).toBe(before + 1);
		}
		expect(status.reconnectAttempts).toBe(7);
	});

	it("begins the ladder anew only after a socket that held for a while", async () => {
		carrier.start(true);
		for (let round = 0; round < 3; round++) {
			FakeSocket.last.welcome();
			FakeSocket.last.cut();
			await pass(2 ** round * 1_000 - 50);
			expect(openings(), `round ${round}`).toBe(round + 1);
			await pass(100);
		}
		await works();
		FakeSocket.last.cut();
		await pass(1_050);
		expect(openings()).toBe(5);
	});

	it("loses a socket whose ping is not answered within 5 s", async () => {
		carrier.start(true);
		await works();
		expect(status.quality).toBe("excellent");
		await pass(15_000);
		expect(FakeSocket.last.frames("ping")).toHaveLength(3);
		await pass(5_100);
		expect(status.connectionType).not.toBe("websocket");
	});
});

describe("the heartbeat", () => {
	const pings = () => FakeSocket.last.frames("ping").length;

	it("measures at once, again 5 s later, when the page is not busy starting, and then every 15 s", async () => {
		carrier.start(true);
		FakeSocket.last.welcome();
		expect(pings()).toBe(1);
		await pass(80);
		FakeSocket.last.pong();
		expect(status).toMatchObject({ latency: 80, quality: "excellent", health: "HEALTHY" });
		for (const wait of [5_000, 15_000, 15_000]) {
			const before = pings();
			await pass(wait - 1);
			expect(pings()).toBe(before);
			await pass(1);
			expect(pings()).toBe(before + 1);
			FakeSocket.last.pong();
		}
	});

	it("measures every 5 s while somebody looks at the latency", async () => {
		carrier.sense("watched");
		carrier.start(true);
		await works();
		const before = pings();
		for (let second = 0; second < 20; second++) {
			await pass(1_000);
			FakeSocket.last.pong();
		}
		expect(pings()).toBe(before + 4);
	});

	it("counts any frame as a sign of life while a pong is under way", async () => {
		carrier.start(true);
		FakeSocket.last.welcome();
		await pass(4_000);
		FakeSocket.last.say({ type: "events", events: [], cursor: "c8" });
		await pass(4_000);
		FakeSocket.last.pong();
		await pass(4_900);
		expect(status.connectionType).toBe("websocket");
	});
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
		carrier = made({ timing: { ...deviceTiming, random: () => 0.5 } });
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
