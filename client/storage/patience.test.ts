// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";
import { afterSilence } from "./patience";

/** A page whose timers come as late as the test says; `at` is its clock. */
class StallingPage {
	at = 0;
	/** What is set, and when it is due. */
	timers: { due: number; act: () => void }[] = [];

	readonly timing = {
		elapsed: () => this.at,
		after: (delay: number, act: () => void) => {
			const timer = { due: this.at + delay, act };
			this.timers.push(timer);
			return () => {
				this.timers = this.timers.filter((one) => one !== timer);
			};
		},
	};

	/** The next timer comes, `late` ms after its time. */
	ring(late: number): void {
		const next = this.timers.shift();
		if (!next) throw new Error("nothing is set");
		this.at = next.due + late;
		next.act();
	}
}

const ended = vi.fn();
let page: StallingPage;

beforeEach(() => {
	ended.mockClear();
	page = new StallingPage();
});

describe("patience with somebody who may answer", () => {
	it.each([0, 1, 499])("ends after its time, when the timer is %i ms late", (late) => {
		afterSilence(page.timing, 5_000, ended);
		page.ring(late);
		expect(ended).toHaveBeenCalledOnce();
		expect(page.timers).toEqual([]);
	});

	it.each([
		["half a second", 500],
		["a minute", 60_000],
		["a night", 8 * 3_600_000],
	])("begins anew, with its whole time, after a page stood still for %s", (_name, late) => {
		afterSilence(page.timing, 5_000, ended);
		page.ring(late);
		expect(ended).not.toHaveBeenCalled();
		expect(page.timers.map(({ due }) => due - page.at)).toEqual([5_000]);
		page.ring(0);
		expect(ended).toHaveBeenCalledOnce();
	});

	it("ends also on a hidden page, whose timers all come a minute late", () => {
		afterSilence(page.timing, 5_000, ended);
		for (let rung = 0; rung < 5 && page.timers.length > 0; rung++) page.ring(55_000);
		expect(ended).toHaveBeenCalledOnce();
		expect(page.at).toBeLessThanOrEqual(3 * 60_000);
	});

	it("is over when the answer came, at first and after a standstill", () => {
		afterSilence(page.timing, 5_000, ended)();
		const cancel = afterSilence(page.timing, 5_000, ended);
		page.ring(60_000);
		cancel();
		expect(page.timers).toEqual([]);
	});

	it("takes a clock that is set back for no standstill", () => {
		afterSilence(page.timing, 5_000, ended);
		page.ring(-3_600_000);
		expect(ended).toHaveBeenCalledOnce();
	});
});
