import { describe, expect, it } from "vitest";
import { isAtEnd, topAfter } from "./scrollAnchor";

const reading = { top: 300, height: 2000, view: 500 };
const atEnd = { top: 1500, height: 2000, view: 500 };

describe("a chat's scroll position", () => {
	it("keeps the line being read when older messages come in above it (R14)", () => {
		expect(topAfter("older", { ...reading, top: 0 }, 2900, 500)).toBe(900);
		expect(topAfter("older", reading, 2900, 500)).toBe(1200);
	});

	it("follows a new message only from the end", () => {
		expect(topAfter("newer", atEnd, 2060, 500)).toBe(1560);
		expect(topAfter("newer", reading, 2060, 500)).toBe(300);
	});

	it("goes to the end for one's own message from anywhere", () => {
		expect(topAfter("own", reading, 2060, 500)).toBe(1560);
	});

	it("keeps the last visible line when the keyboard takes part of the room", () => {
		expect(topAfter("room", reading, 2000, 300)).toBe(500);
		expect(topAfter("room", atEnd, 2000, 300)).toBe(1700);
	});

	it("counts a line short of the end as the end", () => {
		expect(isAtEnd({ ...atEnd, top: 1450 })).toBe(true);
		expect(isAtEnd({ ...atEnd, top: 1400 })).toBe(false);
	});
});
