import { describe, expect, it } from "vitest";
import { en } from "./en";
import { en as frontEn } from "./front/en";
import { id as frontId } from "./front/id";
import { id } from "./id";

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const all: Record<string, string> = { ...frontEn, ...en };
const allInIndonesian: Record<string, string> = { ...frontId, ...id };

describe("the two catalogues", () => {
	it("have the same keys, in the same part", () => {
		expect(Object.keys(id).sort()).toEqual(Object.keys(en).sort());
		expect(Object.keys(frontId).sort()).toEqual(Object.keys(frontEn).sort());
	});

	it("have each key once", () => {
		expect(Object.keys(frontEn).filter((key) => key in en)).toEqual([]);
	});

	it.each(Object.keys(all))("fill in the same at %s", (key) => {
		const there = allInIndonesian[key] ?? "";
		expect(there.trim()).not.toBe("");
		expect(holes(there)).toEqual(holes(all[key] ?? ""));
	});

	it("write one thing one way", () => {
		const [english, indonesian] = [all, allInIndonesian].map((texts) =>
			Object.values(texts).join("\n"),
		);
		expect(english).not.toMatch(/\bemail/i);
		expect(indonesian).not.toMatch(/\be-mail|\bsurel/i);
		expect(indonesian).not.toMatch(/\bsimpanan\b|\brancangan\b/i);
	});
});
