import { expect, test, vi } from "vitest";
import { check, inUnits } from "./index";

test("a number is refused with its place in the text", () => {
	const text = "call me on 0812-3456-7890 ok";
	const { code, spans } = check(text);
	expect(code).toBe("PHONE");
	const [[start, end] = [0, 0]] = inUnits(text, spans);
	expect(text.slice(start, end)).toBe("0812-3456-7890");
});

test("marks count code points, and are given in the browser's units behind emoji", () => {
	const text = "🦊🦊 0812-3456-7890";
	const { spans } = check(text);
	expect(spans).toEqual([[3, 17]]);
	expect(inUnits(text, spans)).toEqual([[5, 19]]);
});

test("the message that completes a number is refused, and talk is not", () => {
	expect(check("7890", ["0812", "3456"]).code).toBe("SPLIT");
	expect(check("jam 8 ya", ["0812", "3456"]).blocked).toBe(false);
	expect(check("see you at 19.30, room 1204")).toEqual({ blocked: false, code: null, spans: [] });
});

test("half an emoji and an empty text are judged like any other", () => {
	expect(check("\ud83e 0812 3456 7890").blocked).toBe(true);
	expect(check("").blocked).toBe(false);
});

test("a filter that was made ready in parts, in part, or not at all, judges the same", async () => {
	const texts = [
		"add me on whatsapp",
		"please pay in the app",
		"jangan minta nomor wa",
		"w a dong",
	];
	const expected = texts.map((text) => check(text));
	expect(expected.map(({ blocked }) => blocked)).toContain(true);
	for (const parts of [0, 1, 5, Number.POSITIVE_INFINITY]) {
		vi.resetModules();
		const fresh = await import("./index");
		let made = 0;
		while (made < parts && fresh.prepare()) made++;
		if (parts === Number.POSITIVE_INFINITY) expect(made).toBeGreaterThan(3);
		expect(texts.map((text) => fresh.check(text))).toEqual(expected);
		expect(fresh.prepare()).toBe(false);
	}
});
