import { describe, expect, it } from "vitest";
import { isTurned, isUnprintable, isVisible } from "./freeText";

describe("what a text is made of", () => {
	it.each(["Ayu", "ア", "🙂", "سارة", "?", "\u200dA"])("something can be seen in %s", (text) => {
		expect(isVisible(text)).toBe(true);
	});

	it.each([
		["spaces", " \u00a0\u2003"],
		["joiners and marks of direction", "\u200c\u200d\u200e\u200f"],
		["Hangul fillers", "\u115f\u1160\u3164\uffa0"],
		["accents without a letter", "\u0301\u0301"],
		["soft hyphens", "\u00ad"],
	])("nothing can be seen in %s", (_, text) => {
		expect(isVisible(text)).toBe(false);
	});

	it.each(["Bu\u0000di", "Bu\ud800di", "Bu\u200bdi", "Bu\u202edi", "Bu\u2028di", "Bu\ndi"])(
		"%j is no name",
		(name) => {
			expect(isUnprintable(name, false)).toBe(true);
		},
	);

	it("a name may hold the joiners that some scripts need", () => {
		expect(isUnprintable("نی\u200cما", false)).toBe(false);
	});

	it("several lines may hold line breaks and tabs, but nothing that cannot be stored", () => {
		expect(isUnprintable("Gate 2\r\n\tsecond floor\u200b", true)).toBe(false);
		expect(isUnprintable("Gate\u0007", true)).toBe(true);
	});
});

describe("direction of a text", () => {
	it.each([
		"\u202e0987",
		"\u202d0987",
		"\u202bno end",
		"\u2067no end",
		"\u2067a\nb\u2069",
		"\u202b a \u2067 b \u202c",
	])("is turned by what cannot be seen: %j", (text) => expect(isTurned(text)).toBe(true));
	it.each([
		"see you",
		"\u2067سلام\u2069 at two",
		"\u202aa \u2068b\u2069 c\u202c",
		"a\u200fb",
		"a\u202c",
	])("is not turned by what is closed again: %j", (text) => expect(isTurned(text)).toBe(false));
});
