import { beforeEach, describe, expect, it } from "vitest";
import type { FakeTab } from "./testing/fakeTabs";
import { browser, carrying, freshBrowser, opened, pass } from "./testing/openTabs";

beforeEach(freshBrowser);

describe("where the browser does not let tabs share, each carries for itself", () => {
	it.each(["missing", "refuse", "throw"] as const)("locks: %s", async (fate) => {
		browser.locks = fate;
		await opened(2);
		expect(carrying()).toEqual(["tab-0", "tab-1"]);
	});

	it.each(["missing", "throw"] as const)("channel: %s", async (fate) => {
		browser.channels = fate;
		await opened(2);
		expect(carrying()).toEqual(["tab-0", "tab-1"]);
	});

	it("locks that are given to all: without answering each other for ever", async () => {
		browser.locks = "given to all";
		await opened(3);
		await pass(10_000);
		expect(carrying()).toEqual(["tab-0", "tab-1", "tab-2"]);
		expect(browser.said).toBeLessThan(40);
	});

	it("a channel that takes no message: once the leader was not heard for 5 s", async () => {
		browser.channels = "mute";
		await opened(2);
		await pass(5_000);
		expect(carrying()).toEqual(["tab-0", "tab-1"]);
	});

	it("and again not after the page was put away and came back", async () => {
		browser.locks = "throw";
		const [first] = (await opened(1)) as [FakeTab];
		first.leader.sleep();
		await pass();
		expect(carrying()).toEqual([]);
		first.leader.wake();
		await pass();
		expect(carrying()).toEqual(["tab-0"]);
	});
});
