import { describe, expect, it } from "vitest";
import { defaultSettings } from "./connectionSettings";
import type { Input, Sign } from "./connectionState";
import { Machine } from "./testing/machine";

const started = (settings = defaultSettings) =>
	new Machine(settings).feed({ type: "start", hasSession: true });
/** An open socket whose ping was answered. */
const open = () => {
	const machine = started().feed({ type: "welcomed" }).feed({ type: "pong", latency: 20 });
	machine.pass(5_000).feed({ type: "pong", latency: 20 }).pass(1_000);
	machine.acts();
	return machine;
};
/** The socket is gone, and the poll brings the events. */
const polling = () => {
	const machine = open().close().pass(1_000).feed({ type: "answered", latency: 50 });
	machine.close();
	machine.acts();
	return machine;
};
/** Nothing works, and both wait for their next try. */
const waiting = () => {
	const machine = polling();
	for (let loss = 0; loss < 5; loss++) machine.pass(30_000).close();
	machine.feed({ type: "failed", status: 0, wait: 0 });
	machine.acts();
	return machine;
};
const offline = () => {
	const machine = open().sense("offline");
	machine.acts();
	return machine;
};
const opening = () => {
	const machine = started().pass(700);
	machine.acts();
	return machine;
};
const stopped = () => {
	const machine = open().feed({ type: "stop" });
	machine.acts();
	return machine;
};

const places = { opening, open, polling, waiting, offline, stopped };
const sign = (name: Sign): Input => ({ type: "sign", sign: name });
const closed = (code: number, reason = ""): Input => ({ type: "closed", code, reason });
const refusedWith = (status: number): Input => ({ type: "failed", status, wait: 0 });

/** From where, what happens, what is done at once, and how long until the socket is tried (null: not planned). */
const TABLE: [keyof typeof places, Input, string[], number | null][] = [
	["opening", { type: "welcomed" }, ["ping"], null],
	["opening", closed(1006), ["close"], 1_000],
	["opening", sign("shown"), ["close", "open"], null],
	["opening", sign("offline"), ["close"], 30_000],
	["open", closed(1006), ["close"], 1_000],
	["open", closed(1011), ["close"], 1_000],
	["open", closed(1012), ["close"], 500],
	["open", closed(4008), ["close"], 0],
	["open", closed(4029, "retry-after=9"), ["close"], 9_000],
	["open", closed(1008), ["close", "outdated"], 1_000],
	["open", closed(4001), ["close", "signedOut"], null],
	["open", sign("online"), ["ping"], null],
	["open", sign("shown"), ["ping"], null],
	["open", sign("hidden"), [], null],
	["open", sign("back"), ["ping"], null],
	["open", sign("woke"), ["ping"], null],
	["open", sign("away"), ["close"], 30_000],
	["open", sign("offline"), ["close"], 30_000],
	["open", sign("reconnect"), ["close", "open"], null],
	["open", { type: "stop" }, ["close"], null],
	["polling", { type: "refused" }, ["stopPoll", "signedOut"], null],
	["polling", refusedWith(426), ["outdated"], 2_000],
	["polling", sign("shown"), ["stopPoll", "open"], null],
	["polling", sign("away"), ["stopPoll"], 30_000],
	["polling", sign("offline"), ["stopPoll"], 30_000],
	["waiting", sign("online"), ["stopPoll", "open"], null],
	["waiting", sign("reconnect"), ["stopPoll", "open"], null],
	["waiting", { type: "answered", latency: 9 }, [], 500],
	["offline", sign("online"), ["open"], null],
	["offline", sign("shown"), ["open"], null],
	["stopped", sign("online"), [], null],
	["stopped", sign("reconnect"), [], null],
	["stopped", closed(1006), [], null],
	["stopped", { type: "timer", name: "retry" }, [], null],
];

describe("the connection, from each place by each input", () => {
	it.each(TABLE)("%s, %o: %j, socket again in %s ms", (place, input, acts, retry) => {
		const machine = places[place]();
		// The middle of the spread after a restart; the ladder's own jitter is proved below.
		machine.chance = input.type === "closed" && input.code !== 1012 ? 0 : 0.5;
		if (place === "polling") machine.chance = 0;
		machine.feed(input);
		expect(machine.acts()).toEqual(acts);
		const due = machine.state.timers.retry;
		const wait = due === undefined ? null : due - machine.at;
		expect(wait).toBe(retry);
		expect(machine.status.nextAttemptAt).toBe(due ?? null);
	});
});

describe("the ladder (R20)", () => {
	it("1, 2, 4, 8, 16, 30 s, ten attempts, then every 30 s for ever", () => {
		const machine = started();
		const waits: number[] = [];
		for (let loss = 0; loss < 14; loss++) {
			machine.close();
			waits.push((machine.state.timers.retry ?? 0) - machine.at);
			machine.pass(waits.at(-1) ?? 0);
		}
		expect(waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
		expect(new Set(waits.slice(5))).toEqual(new Set([30_000]));
		expect(machine.status.reconnectAttempts).toBe(10);
	});

	it("is shortened by chance, so that a thousand pages do not come back in one moment", () => {
		const machine = started();
		machine.chance = 0.999;
		machine.close();
		expect(machine.state.timers.retry).toBeLessThan(800);
	});

	it("begins anew after a sign of a better network", () => {
		const machine = waiting().sense("online").close();
		expect((machine.state.timers.retry ?? 0) - machine.at).toBe(1_000);
	});

	it("does not follow signs into a wait that the server named, unless a person insists", () => {
		const machine = open().close(4029, "retry-after=9");
		machine.acts();
		expect(machine.sense("shown").acts()).toEqual([]);
		expect(machine.sense("reconnect").acts()).toContain("open");
	});
});

describe("polling", () => {
	it("does not come sooner than the server asked for, whatever the signs", () => {
		const machine = polling().feed({ type: "failed", status: 429, wait: 9_000 });
		machine.acts();
		machine.sense("online").pass(8_900);
		expect(machine.acts()).not.toContain("poll");
		expect(machine.pass(200).acts()).toContain("poll");
	});

	it("is off when it is set so", () => {
		const machine = started({ ...defaultSettings, enableFallbackPolling: false });
		machine.close().pass(60_000);
		expect(machine.acts()).not.toContain("poll");
	});
});

describe("the device", () => {
	it("an hour offline costs one timer", () => {
		const machine = offline();
		machine.wakeUps = 0;
		for (let minute = 0; minute < 60; minute++) {
			// What a browser does with a socket that is opened while it is offline.
			for (const wait of [30_000, 30_000]) machine.pass(wait).close();
			expect(Object.keys(machine.state.timers)).toEqual(["retry"]);
		}
		expect(machine.wakeUps).toBeLessThanOrEqual(120);
		expect(machine.acts()).not.toContain("poll");
		expect(machine.sense("online").carriers).toEqual({ sockets: 1, polls: 0 });
		expect(machine.pass(0).carriers.polls).toBe(1);
	});

	it("does not believe the browser's offline when something answers", () => {
		const machine = offline().pass(30_000).feed({ type: "welcomed" });
		machine.close();
		expect(machine.status.reason).toBe("unreachable");
	});

	it("does not listen to it when it is set so", () => {
		const machine = started({ ...defaultSettings, enableNetworkDetection: false });
		machine.feed({ type: "welcomed" }).sense("offline");
		expect(machine.status.connectionType).toBe("websocket");
	});

	it.each([
		["timers that come an hour late", (machine: Machine) => (machine.at += 3_600_000)],
		["a device clock that went on alone", (machine: Machine) => (machine.lead += 3_600_000)],
	])("notices its sleep by %s, and is back within 2 s of waking", (_name, sleep) => {
		const machine = open();
		sleep(machine);
		machine.pass(2_000);
		expect(machine.acts()).toEqual(expect.arrayContaining(["close", "open", "poll"]));
	});

	it("has a hidden page's socket prove itself when timers are late: browsers hold those back", () => {
		const machine = open().sense("hidden");
		machine.at += 60_000;
		machine.pass(0);
		expect(machine.acts()).toEqual(["ping"]);
		machine.pass(3_000);
		expect(machine.acts()).toEqual(["close", "open", "poll"]);
	});

	it("wakes up offline: asks nothing of a network that is not there", () => {
		const machine = offline();
		machine.at += 3_600_000;
		machine.pass(0).close().pass(29_000);
		expect(machine.acts()).not.toContain("poll");
	});

	it("takes a clock that is set back for no sleep", () => {
		const machine = open();
		machine.lead -= 3_600_000;
		machine.pass(5_000);
		expect(machine.acts()).toEqual([]);
	});

	it("holds nothing while the page is kept in the back/forward cache, and is back with it", () => {
		const machine = open().sense("away");
		expect(machine.carriers).toEqual({ sockets: 0, polls: 0 });
		machine.acts();
		expect(machine.sense("back").acts()).toEqual(["open"]);
	});
});

describe("the latency", () => {
	it("a line that looks poor is measured again before five seconds are over", () => {
		const machine = open().sense("woke").feed({ type: "pong", latency: 700 });
		expect(machine.status).toMatchObject({ quality: "poor", health: "DEGRADED" });
		machine.acts();
		expect(machine.pass(4_000).acts()).toEqual(["ping"]);
	});

	it.each([
		[99, "excellent", "HEALTHY"],
		[100, "good", "HEALTHY"],
		[299, "good", "HEALTHY"],
		[300, "poor", "HEALTHY"],
		[499, "poor", "HEALTHY"],
		[500, "poor", "DEGRADED"],
		[999, "poor", "DEGRADED"],
		[1_000, "disconnected", "DEGRADED"],
		[1_999, "disconnected", "DEGRADED"],
		[2_000, "disconnected", "OFFLINE"],
	])("%i ms is %s and %s", (latency, quality, health) => {
		const machine = open().sense("woke").feed({ type: "pong", latency });
		expect(machine.status).toMatchObject({ isConnected: true, latency, quality, health });
	});
});
