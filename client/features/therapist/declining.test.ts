import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { declineSoon, declining, sendDeclinesNow, UNDO_MS, undoDecline } from "./declining";

describe("a decline", () => {
	const send = vi.fn(async () => {});

	beforeEach(() => {
		vi.useFakeTimers();
		send.mockClear();
	});

	afterEach(() => {
		void sendDeclinesNow();
		vi.useRealTimers();
	});

	it("is sent after five seconds", () => {
		declineSoon("b1", send);
		vi.advanceTimersByTime(UNDO_MS - 1);
		expect(send).not.toHaveBeenCalled();
		vi.advanceTimersByTime(1);
		expect(send).toHaveBeenCalledOnce();
		expect(declining.value.has("b1")).toBe(false);
	});

	it("can be taken back until then, and only until then", () => {
		declineSoon("b1", send);
		vi.advanceTimersByTime(UNDO_MS - 1);
		expect(undoDecline("b1")).toBe(true);
		vi.advanceTimersByTime(UNDO_MS);
		expect(send).not.toHaveBeenCalled();
		expect(undoDecline("b1")).toBe(false);
	});

	it("is sent once for a double tap", () => {
		declineSoon("b1", send);
		declineSoon("b1", send);
		vi.advanceTimersByTime(2 * UNDO_MS);
		expect(send).toHaveBeenCalledOnce();
	});

	it("is sent at once when the page goes away", () => {
		declineSoon("b1", send);
		void sendDeclinesNow();
		expect(send).toHaveBeenCalledOnce();
	});

	it("is sent once when the five seconds end while the page goes away", async () => {
		declineSoon("b1", send);
		const sent = sendDeclinesNow();
		vi.advanceTimersByTime(2 * UNDO_MS);
		await sent;
		expect(send).toHaveBeenCalledOnce();
	});

	it("is sent after five seconds whatever the clock is set to", () => {
		declineSoon("b1", send);
		vi.setSystemTime(Date.now() - 3_600_000);
		vi.advanceTimersByTime(UNDO_MS);
		expect(send).toHaveBeenCalledOnce();
	});

	it("settles with the last answer", async () => {
		let answer = () => {};
		const late = new Promise<void>((resolve) => {
			answer = resolve;
		});
		declineSoon("b1", send);
		declineSoon("b2", () => late);
		const settled = vi.fn();
		void sendDeclinesNow().then(settled);
		await vi.advanceTimersByTimeAsync(0);
		expect(settled).not.toHaveBeenCalled();
		answer();
		await vi.advanceTimersByTimeAsync(0);
		expect(settled).toHaveBeenCalledOnce();
	});
});
