import { beforeEach, describe, expect, it, vi } from "vitest";
import { done } from "../net/problem";
import { FakeLocks } from "../storage/testing/fakeLocks";

const locks = new FakeLocks();
const never = new AbortController().signal;
const endless = () => new Promise<never>(() => {});
const GUEST_LOCK = "tenang.guest";
let withLock: typeof import("./locks").withLock;

/** A tab that holds the lock and never comes to an end. */
function hold(name: string) {
	const act = vi.fn(endless);
	void withLock(name, never, act);
	return act;
}

/** Whether another tab or the worker has the lock now. */
async function isFree(name: string): Promise<boolean> {
	const act = vi.fn();
	void locks.ofPage({}).request(name, act);
	await Promise.resolve();
	await new Promise((next) => setTimeout(next));
	return act.mock.calls.length > 0;
}

beforeEach(async () => {
	vi.resetModules();
	Object.defineProperty(navigator, "locks", { configurable: true, value: locks.ofPage({}) });
	({ withLock } = await import("./locks"));
});

describe("a lock that a page holds", () => {
	it("is the others' to have when the page freezes: a frozen tab comes to no end", async () => {
		const act = hold("a");
		expect(await isFree("a")).toBe(false);
		document.dispatchEvent(new Event("freeze"));
		expect(await isFree("a")).toBe(true);
		expect(act).toHaveBeenCalledOnce();
	});

	it("is the others' when the page is put away: with a lock it would not be kept for the way back", async () => {
		hold("b");
		expect(await isFree("b")).toBe(false);
		window.dispatchEvent(new Event("pagehide"));
		expect(await isFree("b")).toBe(true);
	});

	it("is not waited for by a page that stands still: it would be given one that comes to no end", async () => {
		let leave = () => {};
		void locks.ofPage({}).request("w", () => new Promise<void>((go) => (leave = go)));
		const act = vi.fn(endless);
		const waiting = withLock("w", never, act);
		expect(await isFree("w")).toBe(false);
		document.dispatchEvent(new Event("freeze"));
		leave();
		expect(await waiting).toMatchObject({ ok: false, error: { code: "unreachable" } });
		expect(await isFree("w")).toBe(true);
		expect(act).not.toHaveBeenCalled();
	});

	it("is held again by what begins after that", async () => {
		document.dispatchEvent(new Event("freeze"));
		hold("c");
		expect(await isFree("c")).toBe(false);
	});

	it("gives what was done meanwhile to whoever asked, once the page goes on", async () => {
		let finish = (_: string) => {};
		const doing = withLock("d", never, async () =>
			done(
				await new Promise<string>((answer) => {
					finish = answer;
				}),
			),
		);
		await isFree("d");
		document.dispatchEvent(new Event("freeze"));
		finish("sent");
		expect(await doing).toEqual(done("sent"));
	});

	it("is kept by whoever signs in: two people at once are not one thing", async () => {
		hold(GUEST_LOCK);
		document.dispatchEvent(new Event("freeze"));
		expect(await isFree(GUEST_LOCK)).toBe(false);
	});

	it("does not begin anew what fails", async () => {
		const act = vi.fn(async () => Promise.reject(new Error("a fault")));
		await expect(withLock("e", never, act)).rejects.toThrow("a fault");
		expect(act).toHaveBeenCalledOnce();
	});
});
