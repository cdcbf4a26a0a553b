import { beforeEach, describe, expect, it } from "vitest";
import type { TabMessage } from "./channel";
import { notConnected } from "./connectionStatus";
import { connected, type FakeTab } from "./testing/fakeTabs";
import {
	browser,
	carrying,
	freshBrowser,
	NAME,
	opened,
	pass,
	said,
	UNANSWERED,
} from "./testing/openTabs";

beforeEach(freshBrowser);

describe("one tab carries for all of a person in a browser", () => {
	it("brings its events to the others, with the state of the line", async () => {
		const [, second] = (await opened(2)) as [FakeTab, FakeTab];
		browser.happens();
		await pass();
		expect(carrying()).toEqual(["tab-0"]);
		expect(second.seen).toEqual([1]);
		expect(second.status).toEqual(connected);
		expect(second.starts).toBe(0);
	});

	it("catches up what came before a tab listened, from that tab's own cursor", async () => {
		const [first] = (await opened(1)) as [FakeTab];
		const late = browser.open();
		browser.head += 1;
		await pass();
		browser.happens();
		await pass();
		expect(late.seen).toEqual([1, 2]);
		expect(first.starts).toBe(1);
	});

	it("acknowledges as the leader, and only as the leader", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		browser.happens();
		await pass();
		expect(first.acks.at(-1)).toBe("c1");
		expect(second.acks).toEqual([]);
	});

	it("asks the leader to try when a follower is told to", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		second.leader.wake();
		await pass();
		expect(first.wakes).toBe(1);
	});

	it("takes nothing from the tabs of another person", async () => {
		const [, second] = (await opened(2)) as [FakeTab, FakeTab];
		browser.open(true, "u-citra");
		await pass();
		expect(carrying()).toEqual(["tab-0", "tab-2"]);
		const beat = { type: "beat", holds: true, term: 99, status: notConnected } as const;
		browser.say(NAME, said({ ...beat, whose: "u-citra" }));
		await pass(UNANSWERED);
		expect(second.status).toEqual(connected);
	});

	it("leaves the line of who was here before unheard, from the moment of the change", async () => {
		const [first] = (await opened(1)) as [FakeTab];
		first.enter("u-citra");
		browser.happens();
		expect(first.seen).toEqual([]);
		await pass();
		expect(first.seen).toEqual([1]);
	});

	it("does not begin with a lock that comes when the page is put away already", async () => {
		const tab = browser.open();
		tab.leader.sleep();
		await pass();
		expect(carrying()).toEqual([]);
	});

	it.each([
		null,
		"ask",
		{ type: "beat", from: "x", whose: "u-budi" },
		{
			type: "batch",
			from: "x",
			whose: "u-budi",
			batch: { events: [{}], cursor: "c", reset: true },
		},
		{ type: "beat", from: "x", whose: "u-budi", holds: true, term: 99, status: {} },
		{ type: "toString", from: "x", whose: "u-budi" },
	])("passes over what is no word of a tab: %j", async (data) => {
		const [, second] = (await opened(2)) as [FakeTab, FakeTab];
		const before = second.status;
		browser.say(NAME, data as TabMessage);
		await pass(UNANSWERED);
		expect(second.status).toEqual(before);
		expect(second.seen).toEqual([]);
	});
});

describe("the lead passes on", () => {
	it("when the leader is closed, and nothing is lost in between", async () => {
		const [first, second, third] = (await opened(3)) as [FakeTab, FakeTab, FakeTab];
		browser.happens();
		await pass();
		first.kill();
		browser.happens();
		await pass();
		browser.happens();
		await pass();
		expect(carrying()).toEqual(["tab-1"]);
		expect(second.seen).toEqual([1, 2, 3]);
		expect(third.seen).toEqual([1, 2, 3]);
	});

	it("when the page is put away, at once; when it is back it follows", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.leader.sleep();
		await pass();
		expect(carrying()).toEqual(["tab-1"]);
		browser.happens();
		await pass();
		first.leader.rise();
		await pass();
		expect(carrying()).toEqual(["tab-1"]);
		expect(first.seen).toEqual([1]);
		expect(second.starts).toBe(1);
	});

	it("when the leader signs out, and nobody carries for who has left", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.leave();
		await pass();
		expect(carrying()).toEqual(["tab-1"]);
		second.leave();
		await pass();
		expect(carrying()).toEqual([]);
	});

	it("when the server ends the session: each tab hears it from the server", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.endSession();
		await pass();
		expect(first.signedOut).toBe(1);
		expect(carrying()).toEqual(["tab-1"]);
		second.endSession();
		await pass();
		expect([first.signedOut, second.signedOut]).toEqual([1, 1]);
		expect(carrying()).toEqual([]);
	});

	it("to another person in the same tab, with nothing of the first", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.enter("u-citra");
		await pass();
		browser.say(NAME, said({ type: "batch", batch: { ...browser.after(-1), cursor: "c9" } }));
		await pass();
		expect(carrying()).toEqual(["tab-0", "tab-1"]);
		expect(first.seen).toEqual([]);
		expect(second.starts).toBe(1);
	});

	it("from a hidden tab without a line to one that is looked at", async () => {
		const [first] = (await opened(2)) as [FakeTab, FakeTab];
		first.show(false);
		await pass(2_000);
		expect(carrying()).toEqual(["tab-0"]);
		first.connect(false);
		await pass();
		expect(carrying()).toEqual(["tab-1"]);
	});

	it("from a hidden tab with a line to nobody: it goes on leading", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		first.show(false);
		await pass(60_000);
		expect(carrying()).toEqual(["tab-0"]);
		expect(second.starts).toBe(0);
	});
});
