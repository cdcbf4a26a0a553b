/** The machine through a long random life: whatever happens in whatever order, some things are always true. */

import { describe, expect, it } from "vitest";
import { seeded } from "../net/testing/seeded";
import type { Input, Sign } from "./connectionState";
import { Machine } from "./testing/machine";

const STEPS = 20_000;
const SIGNS: Sign[] = [
	"online",
	"offline",
	"shown",
	"hidden",
	"away",
	"back",
	"woke",
	"reconnect",
	"watched",
	"unwatched",
];
const CODES = [1000, 1006, 1008, 1011, 1012, 4001, 4008, 4029];

class Walk {
	readonly machine = new Machine();
	private readonly random: () => number;

	constructor(seed: number) {
		this.random = seeded(seed);
	}

	private one<Kind>(of: readonly Kind[]): Kind {
		return of[Math.floor(this.random() * of.length)] as Kind;
	}

	/** Something that may happen now; only what can: no frame without a socket, no answer without a poll. */
	go(): string {
		const { machine } = this;
		machine.chance = this.random();
		const dice = this.random();
		if (!machine.state.isRunning || dice < 0.01)
			return this.feed({ type: "start", hasSession: this.random() < 0.8 });
		if (dice < 0.02) return this.feed({ type: "stop" });
		if (dice < 0.22) return this.feed({ type: "sign", sign: this.one(SIGNS) });
		if (dice < 0.6) return this.waits();
		if (dice < 0.8 && machine.carriers.sockets) return this.hearsSocket();
		if (machine.carriers.polls) return this.hearsPoll();
		return this.waits();
	}

	private waits(): string {
		const ms = this.one([0, 10, 500, 1_000, 5_000, 31_000]);
		if (this.random() < 0.02) this.machine.lead += 60_000;
		this.machine.pass(ms);
		return `${ms} ms`;
	}

	private hearsSocket(): string {
		const { socket } = this.machine.state;
		if (socket === "opening" && this.random() < 0.5) return this.feed({ type: "welcomed" });
		if (socket === "open" && this.random() < 0.7) {
			this.feed({ type: "heard" });
			return this.feed({ type: "pong", latency: this.random() * 2_500 });
		}
		const code = this.one(CODES);
		this.machine.close(code, "retry-after=3");
		return `closed ${code}`;
	}

	private hearsPoll(): string {
		const dice = this.random();
		if (dice < 0.03) return this.feed({ type: "refused" });
		if (dice < 0.6) return this.feed({ type: "answered", latency: this.one([null, 40]) });
		return this.feed({
			type: "failed",
			status: this.one([0, 426, 429, 502]),
			wait: this.one([0, 9_000]),
		});
	}

	private feed(input: Input): string {
		this.machine.feed(input);
		return JSON.stringify(input);
	}
}

/** What must hold after every step; the sentences that do not. */
function broken(machine: Machine): string[] {
	const { state, carriers, status, at } = machine;
	const timers = Object.keys(state.timers);
	const soonest = Math.min(...Object.values(state.timers));
	const isIdle = !state.isOnline && carriers.sockets === 0 && carriers.polls === 0;
	const rules: [string, boolean][] = [
		["never two sockets", carriers.sockets <= 1],
		["never two polls", carriers.polls === 0 || carriers.polls === 1],
		["the state knows its carriers", (state.socket !== "none") === (carriers.sockets === 1)],
		["the state knows its poll", (state.poll !== "off") === (carriers.polls === 1)],
		["an open socket brings the events alone", state.socket !== "open" || carriers.polls === 0],
		["nobody is polled for without a session", state.hasSession || carriers.polls === 0],
		[
			"never stuck: a timer is due within half a minute",
			!state.isRunning || soonest - at <= 30_000,
		],
		["an opening socket has its end", state.socket !== "opening" || "welcome" in state.timers],
		[
			"an open socket is measured",
			state.socket !== "open" || "ping" in state.timers || "pong" in state.timers,
		],
		[
			"without a socket one is planned",
			!state.isRunning || state.socket !== "none" || "retry" in state.timers,
		],
		["attempts are bounded", status.reconnectAttempts <= 10],
		[
			"stopped means nothing at all",
			state.isRunning || (timers.length === 0 && carriers.sockets + carriers.polls === 0),
		],
		[
			"offline and idle: one timer",
			!isIdle || !state.isRunning || timers.join() === "retry" || "poll" in state.timers,
		],
	];
	return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}

describe("a random life", () => {
	it.each([1, 7, 42, 2026])(`keeps its promises for ${STEPS} steps, seed %i`, (seed) => {
		const walk = new Walk(seed);
		const trace: string[] = [];
		for (let count = 0; count < STEPS; count++) {
			trace.push(walk.go());
			expect(broken(walk.machine), trace.slice(-12).join("\n")).toEqual([]);
		}
	});

	it.each([3, 11])("is connected within 5 s of a world that works again, seed %i", (seed) => {
		const walk = new Walk(seed);
		for (let count = 0; count < 2_000; count++) {
			walk.go();
			const { machine } = walk;
			if (!machine.state.isRunning || machine.at < machine.state.socketNotBefore) continue;
			machine.sense("online").pass(500);
			machine.sense("shown");
			for (
				let waited = 0;
				waited < 4_500 && machine.status.connectionType !== "websocket";
				waited += 100
			) {
				if (machine.state.socket === "opening") machine.feed({ type: "welcomed" });
				machine.pass(100);
			}
			expect(machine.status.connectionType).toBe("websocket");
		}
	});
});
