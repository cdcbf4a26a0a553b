import { beforeEach, describe, expect, it, vi } from "vitest";
import { createServerClock } from "./serverClock";

const SERVER_AHEAD = 3 * 3_600_000;

beforeEach(() => {
	vi.useFakeTimers();
	vi.setSystemTime("2026-03-10T04:00:00.400Z");
});

/** An answer that the server stamped `stampedAfter` ms into a round trip of `roundTrip` ms. */
function answer(
	clock: ReturnType<typeof createServerClock>,
	roundTrip: number,
	stampedAfter: number,
	grain: number,
) {
	const asked = Date.now();
	const server = asked + stampedAfter + SERVER_AHEAD;
	const stamp = grain === 1 ? server : Math.floor(server / grain) * grain;
	vi.advanceTimersByTime(roundTrip);
	clock.observe(stamp, grain, asked, Date.now());
}

const error = (clock: ReturnType<typeof createServerClock>) =>
	Math.abs(clock.now() - (Date.now() + SERVER_AHEAD));

describe("the server's clock", () => {
	it("is the device's until an answer came", () => {
		expect(createServerClock(Date.now).now()).toBe(Date.now());
	});

	it("is off by at most half the round trip after one exact answer", () => {
		const clock = createServerClock(Date.now);
		answer(clock, 200, 150, 1);
		expect(error(clock)).toBeLessThanOrEqual(100);
	});

	it("gets better than a second from headers that only name seconds", () => {
		const clock = createServerClock(Date.now);
		for (const wait of [130, 270, 410, 690, 310]) {
			answer(clock, 40, 20, 1_000);
			vi.advanceTimersByTime(wait);
		}
		expect(error(clock)).toBeLessThan(300);
	});

	it("is not made worse by a slow answer", () => {
		const clock = createServerClock(Date.now);
		answer(clock, 20, 10, 1);
		answer(clock, 9_000, 8_900, 1);
		expect(error(clock)).toBeLessThanOrEqual(10);
	});

	it("starts anew when somebody changes the device's clock", () => {
		const clock = createServerClock(Date.now);
		answer(clock, 20, 10, 1);
		const asked = Date.now() - 7_200_000;
		vi.setSystemTime(asked);
		clock.observe(asked + 9_000_000, 1, asked, asked);
		expect(clock.now() - (asked + 9_000_000)).toBeLessThanOrEqual(1);
	});

	it("takes no notice of an answer over which the device's clock was set back", () => {
		const clock = createServerClock(Date.now);
		answer(clock, 20, 10, 1);
		const before = clock.now();
		clock.observe(before, 1, Date.now(), Date.now() - 3_600_000);
		expect(clock.now()).toBe(before);
	});

	it("takes no notice of a stamp that is none", () => {
		const clock = createServerClock(Date.now);
		clock.observe(Number.NaN, 1_000, 0, 0);
		expect(clock.now()).toBe(Date.now());
	});
});
