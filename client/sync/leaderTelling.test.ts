import { beforeEach, describe, expect, it } from "vitest";
import type { TabMessage } from "./channel";
import type { FakeTab } from "./testing/fakeTabs";
import { browser, freshBrowser, NAME, opened, pass, said } from "./testing/openTabs";

beforeEach(freshBrowser);

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
