/** The poll over the shipped HTTP, on a network that goes silent in every way it can. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createApi } from "./api";
import { createHttp } from "./http";
import { startPolling } from "./longpoll";
import { createServerClock } from "./serverClock";
import { hearAnew, on } from "./testing/pollListener";
import { message } from "./testing/samples";
import { deviceTiming } from "./timing";

const HEADERS = { "Content-Type": "application/json" };
const batch = (seq: number | null) => {
	const events = seq === null ? [] : [{ seq, type: "message.created", data: message(seq), at: "" }];
	return JSON.stringify({ events, cursor: `c${seq ?? 0}`, reset: false });
};
const answer = (seq: number | null = null) => new Response(batch(seq), { headers: HEADERS });

/** Silence: what becomes of a request to whom nobody answers. */
const SILENCES: [string, (signal: AbortSignal) => Promise<Response>][] = [
	["nothing comes", (signal) => new Promise((_, fail) => whenGivenUp(signal, fail))],
	["nothing comes, and the fetch ignores its signal", () => new Promise(() => {})],
	[
		"the head comes and the body never does",
		async () => new Response(new ReadableStream({ start() {} }), { headers: HEADERS }),
	],
	[
		"the body stops in the middle of an event",
		async () => {
			const start = (body: ReadableStreamDefaultController) =>
				body.enqueue(new TextEncoder().encode(batch(7).slice(0, 40)));
			return new Response(new ReadableStream({ start }), { headers: HEADERS });
		},
	],
];

function whenGivenUp(signal: AbortSignal, act: () => void): void {
	signal.addEventListener("abort", act, { once: true });
}

/** The holds that were asked for, in seconds, in their order. */
let asked: number[];
let replies: ((signal: AbortSignal) => Promise<Response>)[];
let stop: () => void;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Polls; each request meets the next reply, and the last of them again and again. */
function start(...replying: typeof replies): void {
	replies = replying;
	const fetching: typeof fetch = (address, init) => {
		asked.push(Number(new URL(String(address), "http://tenang").searchParams.get("wait")));
		const reply = replies.length > 1 ? replies.shift() : replies[0];
		return reply?.(init?.signal ?? new AbortController().signal) ?? Promise.reject();
	};
	const serverClock = createServerClock(Date.now);
	const http = createHttp({
		fetch: fetching,
		person: () => null,
		timing: deviceTiming,
		serverClock,
		log() {},
	});
	stop = startPolling(createApi(http), deviceTiming, on);
}

beforeEach(() => {
	vi.useFakeTimers();
	asked = [];
	hearAnew();
	return () => stop();
});

describe("a long-poll that meets silence", () => {
	it.each(SILENCES)(
		"held, when %s: lost after the hold and 5 s, never sooner",
		async (_n, silent) => {
			start(async () => answer(), silent);
			await pass(19_999);
			expect(on.failed).not.toHaveBeenCalled();
			await pass(1);
			expect(on.failed).toHaveBeenCalledOnce();
		},
	);

	it.each(SILENCES)("not held, when %s: lost after 10 s", async (_name, silent) => {
		start(silent);
		await pass(9_999);
		expect(on.failed).not.toHaveBeenCalled();
		await pass(1);
		expect(on.failed).toHaveBeenCalledOnce();
	});

	it.each(SILENCES)(
		"when %s: asks again without being held, and goes on",
		async (_name, silent) => {
			start(
				async () => answer(),
				silent,
				async () => answer(8),
				() => new Promise(() => {}),
			);
			await pass(20_000);
			expect(asked).toEqual([0, 15]);
			await pass(1_000);
			expect(asked.slice(2)).toEqual([0, 15]);
			expect(on.batch.mock.lastCall?.[0].events).toMatchObject([{ seq: 8 }]);
		},
	);

	it("takes nothing of an answer that comes after it was given up", async () => {
		let late = (_: Response) => {};
		const silent = () => new Promise<Response>((answered) => (late = answered));
		start(
			async () => answer(),
			silent,
			() => new Promise(() => {}),
		);
		await pass(20_000);
		on.batch.mockClear();
		late(answer(7));
		await pass(1_000);
		expect(on.batch).not.toHaveBeenCalled();
	});

	it("lets a server hold it for as long as it was asked to", async () => {
		const held = () =>
			new Promise<Response>((answered) => setTimeout(() => answered(answer(2)), 15_000 + 4_900));
		start(
			async () => answer(),
			held,
			() => new Promise(() => {}),
		);
		await pass(19_900);
		expect(on.failed).not.toHaveBeenCalled();
		expect(on.batch.mock.lastCall?.[0].events).toMatchObject([{ seq: 2 }]);
	});
});
