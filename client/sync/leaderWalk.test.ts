import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seeded } from "../net/testing/seeded";
import { FakeBrowser, type FakeTab } from "./testing/fakeTabs";

const WALKS = 40;
const STEPS = 60;
const FIVE_SECONDS_AND_A_MOMENT = 5_300;

class Walk {
	readonly browser = new FakeBrowser();
	readonly told: string[] = [];
	private readonly random: () => number;
	private readonly frozen = new Set<FakeTab>();
	private readonly asleep = new Set<FakeTab>();

	constructor(seed: number) {
		this.random = seeded(seed);
	}

	/** What a person or a browser does to tabs, whatever it is. */
	step(): void {
		const acts = [
			"open",
			"kill",
			"freeze",
			"thaw",
			"hide",
			"show",
			"sleep",
			"rise",
			"event",
			"drop",
		];
		const act = acts[Math.floor(this.random() * acts.length)] ?? "";
		const tabs = this.alive();
		const tab = tabs[Math.floor(this.random() * tabs.length)];
		this.told.push(`${act} ${tab?.id ?? ""}`);
		if (act === "event") this.browser.happens();
		else if (!tab || (act === "open" && tabs.length < 5)) this.browser.open(this.random() < 0.7);
		else if (act === "kill" && tabs.length > 1) tab.kill();
		else if (act === "freeze" && !this.asleep.has(tab)) this.freeze(tab);
		else if (act === "thaw") this.thaw(tab);
		else if (!this.frozen.has(tab)) this.change(tab, act);
	}

	private change(tab: FakeTab, act: string): void {
		if (act === "sleep") {
			this.asleep.add(tab);
			tab.leader.sleep();
		} else if (act === "rise") this.rise(tab);
		else if (act === "hide" || act === "show") tab.show(act === "show");
		// The line goes for a while.
		else if (act === "drop" && tab.isLive) {
			tab.connect(false);
			setTimeout(() => tab.run(() => tab.isRunning && tab.connect(true)), 200);
		}
		if (!tab.isSeen || act !== "show") return;
		this.asleep.delete(tab);
	}

	pause = () => vi.advanceTimersByTimeAsync(Math.floor(this.random() ** 3 * 8_000));

	alive = () => this.browser.tabs.filter(({ isGone }) => !isGone);

	/** Tabs on the screen, awake. */
	looking = () =>
		this.alive().filter((tab) => tab.isSeen && !this.frozen.has(tab) && !this.asleep.has(tab));

	wakeAll(): void {
		for (const tab of this.alive()) {
			this.thaw(tab);
			this.rise(tab);
		}
	}

	private freeze(tab: FakeTab): void {
		this.frozen.add(tab);
		tab.freeze();
	}

	private thaw(tab: FakeTab): void {
		this.frozen.delete(tab);
		tab.thaw();
	}

	private rise(tab: FakeTab): void {
		this.asleep.delete(tab);
		tab.leader.rise();
	}
}

/** Whoever looks sees what happens: by a carrier of the tab itself, or of one that is awake. */
function expectCarried(walk: Walk, where: string): void {
	const lookers = walk.looking();
	if (lookers.length > 0) expect(walk.browser.carrying().length, where).toBeGreaterThan(0);
	for (const tab of lookers) {
		expect(tab.status.isConnected, `${where}: ${tab.id}`).toBe(true);
		expect(tab.seen, `${where}: ${tab.id}`).toEqual(tab.due);
	}
}

describe("tabs that come, go, freeze and hide in any order", () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it.each(Array.from({ length: WALKS }, (_, at) => at + 1))(
		"somebody carries for whoever looks, and with everybody awake exactly one does (seed %i)",
		async (seed) => {
			const walk = new Walk(seed);
			walk.browser.open();
			for (let step = 0; step < STEPS; step++) {
				walk.step();
				await walk.pause();
				if (step % 6 > 0) continue;
				const where = `seed ${seed}, after ${walk.told.join(", ")}`;
				await vi.advanceTimersByTimeAsync(FIVE_SECONDS_AND_A_MOMENT);
				walk.browser.happens();
				await vi.advanceTimersByTimeAsync(100);
				expectCarried(walk, where);
			}
			walk.wakeAll();
			await vi.advanceTimersByTimeAsync(FIVE_SECONDS_AND_A_MOMENT);
			const where = `seed ${seed}, all awake after ${walk.told.join(", ")}`;
			expect(walk.browser.carrying(), where).toHaveLength(1);
			walk.browser.happens();
			await vi.advanceTimersByTimeAsync(100);
			for (const tab of walk.alive()) expect(tab.seen, where).toEqual(tab.due);
		},
	);
});
