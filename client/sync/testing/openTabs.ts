/** Tabs of one browser in a test's hand, as the tests of the shared line open them. */
import { vi } from "vitest";
import type { TabMessage } from "../channel";
import { FakeBrowser, type FakeTab } from "./fakeTabs";

export const MOMENT = 100;
/** So long a message takes: what it did is seen before the leader has put it right. */
export const UNANSWERED = 1;
export const NAME = "tenang.line.1.u-budi";

/** The browser of the test that runs; `freshBrowser` makes it. */
export let browser: FakeBrowser;

/** Call it before each test. */
export function freshBrowser(): void {
	vi.useFakeTimers();
	browser = new FakeBrowser();
}

export const pass = (ms = MOMENT) => vi.advanceTimersByTimeAsync(ms);
export const names = (tabs: readonly FakeTab[]) => tabs.map(({ id }) => id);
export const carrying = () => names(browser.carrying());

/** That many tabs, the first of which carries. */
export async function opened(count: number, isSeen = true): Promise<FakeTab[]> {
	const tabs = [];
	for (let at = 0; at < count; at++) {
		tabs.push(browser.open(isSeen));
		await pass();
	}
	return tabs;
}

/** A word on the channel of `whose`, from a tab that this test plays. */
export const said = (change: Partial<TabMessage> & { type: TabMessage["type"] }) =>
	({ from: "stranger", whose: "u-budi", ...change }) as TabMessage;
