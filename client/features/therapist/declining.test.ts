import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { declineSoon, declining, sendDeclinesNow, UNDO_MS, undoDecline } from "./declining";

describe("a decline", () => {
	const send = vi.fn();

	beforeEach(() => {
		vi.useFakeTimers();
		send.mockClear();
	});

	afterEach(() => {
		sendDeclinesNow();
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
		sendDeclinesNow();
		expect(send).toHaveBeenCalledOnce();
	});
});
