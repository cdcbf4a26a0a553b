import { describe, expect, it } from "vitest";
import { en } from "./en";
import { id } from "./id";

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("the two catalogues", () => {
	it("have the same keys", () => {
		expect(Object.keys(id).sort()).toEqual(Object.keys(en).sort());
	});

	it.each(Object.keys(en) as (keyof typeof en)[])("fill in the same at %s", (key) => {
		expect(id[key].trim()).not.toBe("");
		expect(holes(id[key])).toEqual(holes(en[key]));
	});
});
