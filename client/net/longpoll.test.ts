import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Api } from "./api";
import { startPolling } from "./longpoll";
import { failed, problem } from "./problem";
import { hearAnew, on } from "./testing/pollListener";
import { message } from "./testing/samples";
import { deviceTiming } from "./timing";
import type { EventBatch } from "./types";

const empty: EventBatch = { events: [], cursor: "c1", reset: false };
const full: EventBatch = {
	events: [{ seq: 1, type: "message.created", data: message(1), at: "" }],
	cursor: "c2",
	reset: false,
};

let events: ReturnType<typeof vi.fn<Api["events"]>>;
let stop: () => void;

const start = () => {
	stop = startPolling({ events }, deviceTiming, on);
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
	vi.useFakeTimers();
	hearAnew();
	events = vi.fn(async () => ({ ok: true as const, value: empty }));
	return () => stop();
});

describe("long-poll", () => {
	it("asks the first time without waiting, then lets the server hold for 15 s", async () => {
		events.mockResolvedValueOnce({ ok: true, value: empty });
		events.mockReturnValue(new Promise(() => {}));
		start();
		await pass(0);
		expect(events.mock.calls.map(([, wait]) => wait)).toEqual([0, 15]);
	});

	it("asks again at once after events", async () => {
		events.mockImplementation(async () => {
			if (events.mock.calls.length > 5) return new Promise(() => {});
			return { ok: true, value: full };
		});
		start();
		await pass(0);
		expect(on.batch).toHaveBeenCalledTimes(5);
	});

	it("asks again at once after one hold that ended early and empty", async () => {
		events.mockImplementation(async () => {
			if (events.mock.calls.length > 2) return new Promise(() => {});
			return { ok: true, value: empty };
		});
		start();
		await pass(0);
		expect(events).toHaveBeenCalledTimes(3);
	});

	it("neither spins nor stalls when every held poll returns empty at once, for ever", async () => {
		start();
		await pass(0);
		expect(events).toHaveBeenCalledTimes(3);
		for (let asked = 4; asked < 100; asked++) {
			await pass(2_999);
			expect(events).toHaveBeenCalledTimes(asked - 1);
			await pass(1);
			expect(events).toHaveBeenCalledTimes(asked);
		}
	});

	it("asks without rests again once the server holds", async () => {
		start();
		await pass(0);
		events.mockImplementation(
			() => new Promise((resolve) => setTimeout(resolve, 15_000, { ok: true, value: empty })),
		);
		await pass(3_000 + 15_000);
		const before = events.mock.calls.length;
		await pass(15_000);
		expect(events).toHaveBeenCalledTimes(before + 1);
	});

	it("is not held up by a device clock that is set back during the holds", async () => {
		const answers: (() => void)[] = [];
		events.mockImplementation(
			() => new Promise((resolve) => answers.push(() => resolve({ ok: true, value: empty }))),
		);
		start();
		for (let asked = 1; asked < 6; asked++) {
			await pass(15_000);
			vi.setSystemTime(Date.now() - 3_600_000);
			answers.at(-1)?.();
			await pass(0);
			expect(events).toHaveBeenCalledTimes(asked + 1);
		}
	});

	it("tries again after 1, 2, 3 and again 3 s when nothing answers", async () => {
		events.mockResolvedValue(failed(problem("unreachable")));
		start();
		await pass(0);
		for (const wait of [1_000, 2_000, 3_000, 3_000]) {
			const before = events.mock.calls.length;
			await pass(wait - 1);
			expect(events).toHaveBeenCalledTimes(before);
			await pass(1);
			expect(events).toHaveBeenCalledTimes(before + 1);
		}
		expect(on.failed).toHaveBeenCalledTimes(5);
	});

	it("stays away as long as it is told to", async () => {
		events.mockResolvedValue(failed(problem("too_many_requests", 429, { retryAfter: 9_000 })));
		start();
		await pass(8_900);
		expect(events).toHaveBeenCalledOnce();
		await pass(200);
		expect(events).toHaveBeenCalledTimes(2);
	});

	it("says nothing any more once it is stopped, whatever still arrives", async () => {
		let reply: (batch: { ok: true; value: EventBatch }) => void = () => {};
		events.mockImplementation(
			() =>
				new Promise((resolve) => {
					reply = resolve;
				}),
		);
		start();
		await pass(0);
		stop();
		reply({ ok: true, value: full });
		await pass(60_000);
		expect(on.batch).not.toHaveBeenCalled();
		expect(events).toHaveBeenCalledOnce();
	});
});
