/** A carrier over fake sockets and a fake poll, as the tests of the carrier make it. */
import { vi } from "vitest";
import type { Api } from "../../net/api";
import { failed, problem } from "../../net/problem";
import { createServerClock } from "../../net/serverClock";
import { FakeSocket } from "../../net/testing/fakeSocket";
import { deviceTiming } from "../../net/timing";
import type { EventBatch } from "../../net/types";
import { type Carrier, type CarrierParts, createCarrier } from "../carrier";
import { type ConnectionStatus, notConnected } from "../connectionStatus";
import type { Stream } from "../stream";

export const nothing: EventBatch = { events: [], cursor: "c1", reset: false };

export let status: ConnectionStatus;
export let received: EventBatch[];
export let events: ReturnType<typeof vi.fn<Api["events"]>>;
export let signedOut: ReturnType<typeof vi.fn<() => void>>;
export let carrier: Carrier;

/** A server that answers an unheld poll at once and holds the others until they are aborted. */
export const holding: Api["events"] = (_after, wait, signal) =>
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

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** A socket that is welcome and answers its first two pings. */
export async function works(): Promise<void> {
	FakeSocket.last.welcome();
	FakeSocket.last.pong();
	await pass(5_000);
	FakeSocket.last.pong();
}
export const openings = () => FakeSocket.all.length;

/** Call it before each test. */
export function freshCarrier(): void {
	vi.useFakeTimers();
	FakeSocket.all = [];
	received = [];
	status = notConnected;
	events = vi.fn(holding);
	signedOut = vi.fn();
	carrier = made();
}

/** The carrier of this test is one with other ends. */
export function carryWith(change: Partial<CarrierParts>): void {
	carrier = made(change);
}
