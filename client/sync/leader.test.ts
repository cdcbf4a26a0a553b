// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TabMessage } from "./channel";
import { notConnected } from "./connectionStatus";
import { connected, FakeBrowser, type FakeTab } from "./testing/fakeTabs";

const MOMENT = 100;
/** So long a message takes: what it did is seen before the leader has put it right. */
const UNANSWERED = 1;
const NAME = "tenang.line.1.u-budi";

let browser: FakeBrowser;

const pass = (ms = MOMENT) => vi.advanceTimersByTimeAsync(ms);
const names = (tabs: readonly FakeTab[]) => tabs.map(({ id }) => id);
const carrying = () => names(browser.carrying());

/** That many tabs, the first of which carries. */
async function opened(count: number, isSeen = true): Promise<FakeTab[]> {
	const tabs = [];
	for (let at = 0; at < count; at++) {
		tabs.push(browser.open(isSeen));
		await pass();
	}
	return tabs;
}

/** A word on the channel of `whose`, from a tab that this test plays. */
const said = (change: Partial<TabMessage> & { type: TabMessage["type"] }) =>
	({ from: "stranger", whose: "u-budi", ...change }) as TabMessage;

beforeEach(() => {
	vi.useFakeTimers();
	browser = new FakeBrowser();
});

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

describe("what is told right now, and kept nowhere", () => {
	const typing = { type: "typing", conversationId: "room-2", role: "therapist" } as const;
	const lists = (tab: FakeTab) =>
		tab.told.filter((frame) => frame.type === "presence").map(({ watch }) => watch);

	it("goes out by the leader, and comes in to everybody", async () => {
		const [first, second] = (await opened(2)) as [FakeTab, FakeTab];
		second.leader.typing("room-1");
		await pass();
		expect(first.told).toContainEqual({ type: "typing", conversationId: "room-1" });
		first.hear(typing);
		await pass();
		expect([first.frames, second.frames]).toEqual([[typing], [typing]]);
	});

	it("is asked for what any tab watches, once, and again by the next leader", async () => {
		const [first, second, third] = (await opened(3)) as [FakeTab, FakeTab, FakeTab];
		first.leader.watch(["room-1"]);
		second.leader.watch(["room-1", "room-2"]);
		await pass();
		expect(lists(first).at(-1)).toEqual(["room-1", "room-2"]);
		first.kill();
		third.leader.watch(["room-3"]);
		await pass(1_500);
		expect([...(lists(second).at(-1) ?? [])].sort()).toEqual(["room-1", "room-2", "room-3"]);
	});

	it("is not asked for any more when a tab is hidden or closed", async () => {
		const [first, second, third] = (await opened(3)) as [FakeTab, FakeTab, FakeTab];
		second.leader.watch(["room-2"]);
		third.leader.watch(["room-3"]);
		await pass();
		second.show(false);
		await pass();
		expect(lists(first).at(-1)).toEqual(["room-3"]);
		third.kill();
		await pass(11_000);
		first.leader.watch(["room-1"]);
		expect(lists(first).at(-1)).toEqual(["room-1"]);
	});

	it.each([
		{ type: "frame", frame: { ...typing, role: "operator" } },
		{ type: "frame", frame: { type: "presence", conversationId: "room-1", isOnline: 1 } },
		{ type: "frame", frame: { type: "typing" } },
	])("is passed over when it is no frame: %j", async (word) => {
		const [, second] = (await opened(2)) as [FakeTab, FakeTab];
		browser.say(NAME, said(word as TabMessage));
		await pass();
		expect(second.frames).toEqual([]);
	});
});
