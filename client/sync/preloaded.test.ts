import { describe, expect, it } from "vitest";
import { problem, type Result } from "../net/problem";
import type { Page } from "../net/types";
import { trueAt } from "./preloaded";

/** A list that answers with one page after the other. */
function answering(...pages: Result<Page<string>>[]) {
	let asked = 0;
	const read = async () => pages[asked++] as Result<Page<string>>;
	return { read, asked: () => asked };
}
const pageAt = (cursor: string, ...items: string[]): Result<Page<string>> => ({
	ok: true,
	value: { items, nextCursor: null, cursor },
});

describe("what the page asked for along with the session (R21, R35)", () => {
	it("is taken where it is true at the cursor the stream begins at", async () => {
		const { read, asked } = answering(pageAt("c7", "as of c7"));
		expect(await trueAt("c7", read)).toEqual(pageAt("c7", "as of c7"));
		expect(asked()).toBe(1);
	});

	it("is asked for again where it is older: what happened in between would never come", async () => {
		const { read } = answering(pageAt("c6", "old"), pageAt("c7", "new"));
		expect(await trueAt("c7", read)).toEqual(pageAt("c7", "new"));
	});

	it("is asked for no more than twice, whatever happens meanwhile: what is newer misses nothing", async () => {
		const { read, asked } = answering(pageAt("c6"), pageAt("c9", "newer"));
		expect(await trueAt("c7", read)).toEqual(pageAt("c9", "newer"));
		expect(asked()).toBe(2);
	});

	it("is not looked at twice once the stream went on, or when it failed", async () => {
		const later = answering(pageAt("c9"));
		await trueAt(null, later.read);
		expect(later.asked()).toBe(1);
		const lost = answering({ ok: false, error: problem("unreachable") });
		expect((await trueAt("c7", lost.read)).ok).toBe(false);
		expect(lost.asked()).toBe(1);
	});
});
