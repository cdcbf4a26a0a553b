import { beforeEach, describe, expect, it, vi } from "vitest";
import { attemptRepeatedly, SUBMIT_DELAYS } from "./attempts";
import { failed, problem, type Result } from "./problem";
import { deviceTiming } from "./timing";

beforeEach(() => {
	vi.useFakeTimers();
});

async function run(...answers: Result<string>[]) {
	const attempt = vi.fn(async () => answers.shift() ?? failed(problem("unreachable")));
	const done = attemptRepeatedly(deviceTiming, SUBMIT_DELAYS, attempt);
	await vi.advanceTimersByTimeAsync(60_000);
	return done;
}

describe("three attempts, 1 s and 2 s between them (R3)", () => {
	it("reports attempts and duration", async () => {
		const outcome = await run(failed(problem("unreachable")), failed(problem("busy", 503)), {
			ok: true,
			value: "booked",
		});
		expect(outcome).toEqual({
			result: { ok: true, value: "booked" },
			attempts: 3,
			duration: 3_000,
		});
	});

	it("ends after the third", async () => {
		expect(await run()).toMatchObject({ attempts: 3, duration: 3_000 });
	});

	it("ends with a decision", async () => {
		expect(await run(failed(problem("slot_taken", 409)))).toMatchObject({
			attempts: 1,
			duration: 0,
		});
	});

	it("waits longer between attempts when told to", async () => {
		const busy = failed(problem("busy", 503, { retryAfter: 4_000 }));
		expect(await run(busy, { ok: true, value: "booked" })).toMatchObject({ duration: 4_000 });
	});

	it("does not keep a person looking on for a long absence", async () => {
		const away = failed(problem("too_many_requests", 429, { retryAfter: 60_000 }));
		expect(await run(away)).toMatchObject({ attempts: 1, duration: 0 });
	});
});
