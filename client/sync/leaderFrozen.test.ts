import { beforeEach, describe, expect, it } from "vitest";
import { notConnected } from "./connectionStatus";
import { connected, type FakeTab } from "./testing/fakeTabs";
import {
	browser,
	carrying,
	freshBrowser,
	MOMENT,
	NAME,
	opened,
	pass,
	said,
} from "./testing/openTabs";

beforeEach(freshBrowser);

describe("a leader that is frozen and says nothing", () => {
	it("is stood in for within 5 s by a tab that is looked at", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.freeze();
		browser.happens();
		await pass(5_000 + MOMENT);
		expect(carrying()).toEqual(["tab-1"]);
		expect(second.seen).toEqual([1]);
	});

	it("is left alone while nobody looks", async () => {
		const [first] = (await opened(2, false)) as [FakeTab];
		first.freeze();
		await pass(60_000);
		expect(carrying()).toEqual([]);
		browser.tabs[1]?.show(true);
		await pass(5_000 + MOMENT);
		expect(carrying()).toEqual(["tab-1"]);
	});

	it("is stood in for by one tab when two look, and the other hears from that", async () => {
		const [first, , third] = (await opened(3)) as [FakeTab, FakeTab, FakeTab];
		first.freeze();
		await pass(6_000);
		expect(carrying()).toHaveLength(1);
		browser.happens();
		await pass();
		expect(third.seen).toEqual([1]);
	});

	it("is stood in for by one tab when two begin to in the same moment", async () => {
		const [first] = (await opened(1)) as [FakeTab];
		browser.open();
		browser.open();
		await pass();
		first.freeze();
		await pass(6_000);
		expect(browser.tabs.map(({ starts }) => starts)).toEqual([1, 1, 1]);
		expect(carrying()).toEqual(["tab-1"]);
	});

	it("has its full time to answer when a tab is looked at again", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.freeze();
		await pass(3_500);
		second.show(false);
		await pass(10_000);
		second.show(true);
		await pass(1_500);
		expect(second.starts).toBe(0);
		await pass(3_500);
		expect(second.starts).toBe(1);
	});

	it("has the lead again once it was heard twice, and each event is there once", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.freeze();
		await pass(6_000);
		browser.happens();
		first.thaw();
		browser.happens();
		await pass(500);
		expect(carrying()).toEqual(["tab-0", "tab-1"]);
		await pass(2_500);
		expect(carrying()).toEqual(["tab-0"]);
		expect([first.seen, second.seen]).toEqual([
			[1, 2],
			[1, 2],
		]);
	});

	it("is not given it back when it freezes again at once", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.freeze();
		await pass(6_000);
		for (let round = 0; round < 5; round++) {
			first.thaw();
			await pass(300);
			first.freeze();
			await pass(3_000);
		}
		expect(second.starts).toBe(1);
		expect(carrying()).toEqual(["tab-1"]);
	});

	it("is succeeded by who stands in, without a new beginning, when it is closed", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.freeze();
		await pass(6_000);
		first.kill();
		await pass(6_000);
		expect(carrying()).toEqual(["tab-1"]);
		expect(second.starts).toBe(1);
	});

	it("is not taken at its late word once another leads", async () => {
		const [first, , third] = (await opened(3)) as [FakeTab, FakeTab, FakeTab];
		first.kill();
		await pass();
		const beat = { type: "beat", holds: true, term: 1, status: notConnected } as const;
		browser.say(NAME, said({ ...beat, from: first.id }));
		await pass();
		expect(third.status).toEqual(connected);
	});

	it("does not make a tab stand in that slept itself", async () => {
		const [, second] = (await opened(2)) as [FakeTab, FakeTab];
		for (const tab of browser.tabs) tab.freeze();
		await pass(3_600_000);
		for (const tab of browser.tabs) tab.thaw();
		await pass();
		expect(second.starts).toBe(0);
		expect(carrying()).toEqual(["tab-0"]);
	});
});
