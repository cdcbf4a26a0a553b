import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../state/messages";
import { rowsOf } from "./thread";

const HOUR = 3_600_000;
const dayOf = (at: number) => String(Math.floor(at / (24 * HOUR)));

function message(seq: number, more: Partial<ChatMessage> = {}): ChatMessage {
	const same = {
		conversationId: "c",
		sender: "Ayu",
		text: "hi",
		kind: "text" as const,
		state: null,
		card: null,
		isKept: true,
		problem: null,
	};
	return { key: `m${seq}`, seq, own: false, at: seq * HOUR, ...same, ...more };
}

const types = (lines: ChatMessage[], readSeq: number | null) =>
	rowsOf(lines, readSeq, dayOf).map((row) => row.type);

describe("the rows of a chat", () => {
	it("open each day with its own line", () => {
		expect(types([message(1), message(2), message(30)], null)).toEqual([
			"day",
			"message",
			"message",
			"day",
			"message",
		]);
	});

	it("mark where the unread messages begin, once", () => {
		expect(types([message(1), message(2), message(3)], 1)).toEqual([
			"day",
			"message",
			"unread",
			"message",
			"message",
		]);
	});

	it("never mark one's own message as unread", () => {
		expect(types([message(1), message(2, { own: true })], 1)).toEqual([
			"day",
			"message",
			"message",
		]);
	});

	it("show the time once under messages written in one go", () => {
		const rows = rowsOf(
			[message(1), message(2, { at: HOUR + 60_000 }), message(3, { own: true, at: HOUR + 90_000 })],
			null,
			dayOf,
		);
		expect(rows.flatMap((row) => (row.type === "message" ? [row.closes] : []))).toEqual([
			false,
			true,
			true,
		]);
	});
});
