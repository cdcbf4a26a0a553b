import { beforeEach, describe, expect, it } from "vitest";
import { FakeSocket } from "../net/testing/fakeSocket";
import {
	carrier,
	carryWith,
	events,
	freshCarrier,
	openings,
	pass,
	status,
	works,
} from "./testing/carried";

beforeEach(freshCarrier);

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
		carryWith({
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
