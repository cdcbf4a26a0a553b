import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ContactWatch } from "./contactWatch";
import { freshDevice, loadPage, pass } from "./testing/page";

const NUMBER = "0812 3456 7890";
/** The filter of the tests: what it was asked, and a verdict that is easy to foresee. */
const asked: string[] = [];
let fetched = 0;
let isReachable = true;
const rehearsal: string[] = [];
const BROKEN = "broken";

function check(text: string, recent: readonly string[] = []) {
	if (text === BROKEN) throw new Error("a mistake in the filter");
	asked.push(text);
	const at = [...text].join("").indexOf("0812");
	const isSplit = at < 0 && text.includes("7890") && recent.some((said) => said.includes("0812"));
	const code = at >= 0 ? "PHONE" : isSplit ? "SPLIT" : null;
	return { blocked: code !== null, code, spans: at >= 0 ? [[at, at + 4]] : [] };
}

async function watching(recent: () => string[] = () => []): Promise<ContactWatch> {
	freshDevice();
	vi.doMock("../contact-guard", () => {
		fetched += 1;
		if (!isReachable) throw new Error("not reachable");
		return { check, prepare: () => false, rehearsal };
	});
	await loadPage();
	const { ContactWatch } = await import("./contactWatch");
	return new ContactWatch(recent);
}

async function rehearsed(): Promise<void> {
	await pass(0);
	await vi.dynamicImportSettled();
	await pass(2_000);
}

/** The filter has come and was used for the first time, of which nothing is counted. */
async function arrived(): Promise<void> {
	await rehearsed();
	asked.length = 0;
}

beforeEach(() => {
	asked.length = 0;
	rehearsal.splice(0, rehearsal.length, "rehearsed");
	fetched = 0;
	isReachable = true;
});
afterEach(() => void vi.doUnmock("../contact-guard"));

describe("a text that is being written (R17)", () => {
	it("fetches no filter before somebody writes", async () => {
		await watching();
		await arrived();
		expect(fetched).toBe(0);
	});

	it("is looked at once, when its writer pauses, and only as it stands then", async () => {
		const watch = await watching();
		watch.typed("h");
		await arrived();
		for (const text of ["my ", "my 08", `my ${NUMBER}`, "my number"]) {
			watch.typed(text);
			await pass(200);
		}
		expect(asked).toEqual([]);
		await pass(100);
		expect(asked).toEqual(["my number"]);
		expect(watch.warning.value).toBeNull();
	});

	it("is warned of a quarter of a second after the last key", async () => {
		const watch = await watching();
		watch.typed("h");
		await arrived();
		watch.typed(NUMBER);
		await pass(240);
		expect(watch.warning.value).toBeNull();
		await pass(20);
		expect(watch.warning.value).toEqual({ text: NUMBER, code: "PHONE", spans: [[0, 4]] });
	});

	it("is looked at without a pause when it was pasted", async () => {
		const watch = await watching();
		watch.typed("h");
		await arrived();
		watch.typed(NUMBER, true);
		await pass(10);
		expect(watch.warning.value?.code).toBe("PHONE");
	});

	it("says nothing of what was pasted and taken away before it was looked at", async () => {
		const watch = await watching();
		watch.typed("h");
		await arrived();
		watch.typed(NUMBER, true);
		watch.typed("");
		await pass(1_000);
		expect(asked).toEqual([]);
		expect(watch.warning.value).toBeNull();
	});

	it("is looked at when the filter comes, as it stands by then", async () => {
		const watch = await watching();
		watch.typed(NUMBER);
		watch.typed("hello");
		await arrived();
		watch.typed("hello you");
		await pass(300);
		expect(asked).toEqual(["hello you"]);
	});

	it("is told of by a filter that came late, without another key", async () => {
		const watch = await watching();
		watch.typed(NUMBER);
		await vi.dynamicImportSettled();
		await pass(10);
		expect(watch.warning.value?.code).toBe("PHONE");
	});

	it("waits while it is written until the filter has rehearsed, whose first looks take longest", async () => {
		const watch = await watching();
		watch.typed(NUMBER, true);
		await rehearsed();
		expect(asked).toEqual(["rehearsed", NUMBER]);
	});

	it("is warned of also by a filter that failed in its rehearsal", async () => {
		rehearsal.unshift(BROKEN);
		const watch = await watching();
		watch.typed("h");
		await arrived();
		watch.typed(NUMBER);
		await pass(300);
		expect(watch.warning.value?.code).toBe("PHONE");
	});

	it("does not wait for that on Send", async () => {
		const watch = await watching();
		watch.typed("h");
		await pass(0);
		await vi.dynamicImportSettled();
		expect(watch.look(NUMBER)?.code).toBe("PHONE");
		expect(asked).toEqual([NUMBER]);
	});

	it("keeps its warning while more is typed, and loses it with the number", async () => {
		const watch = await watching();
		watch.typed(NUMBER);
		await arrived();
		watch.typed(`${NUMBER} ok`);
		expect(watch.warning.value?.text).toBe(NUMBER);
		watch.typed("ok");
		await pass(300);
		expect(watch.warning.value).toBeNull();
	});

	it("is held against what was said before, as it stands then", async () => {
		const said: string[] = [];
		const watch = await watching(() => said);
		watch.typed("h");
		await arrived();
		expect(watch.look("7890")).toBeNull();
		said.push("0812");
		expect(watch.look("7890")?.code).toBe("SPLIT");
	});

	it("is looked at on Send at once, as the server will store it", async () => {
		const watch = await watching();
		watch.typed("h");
		await arrived();
		expect(watch.look(` \r\n e\u0301 ${NUMBER}\n`)).toEqual({
			text: `\u00e9 ${NUMBER}`,
			code: "PHONE",
			spans: [[2, 6]],
		});
	});
});

describe("without a filter the server's word counts (R17)", () => {
	it("nothing holds a text back, and the filter is asked for again after a while, not with each key", async () => {
		isReachable = false;
		const watch = await watching();
		watch.typed("a");
		await arrived();
		expect(watch.look(NUMBER)).toBeNull();
		for (const text of ["b", "bc", "bcd"]) watch.typed(text);
		await vi.dynamicImportSettled();
		expect(fetched).toBe(1);
		await pass(10_000);
		isReachable = true;
		watch.typed(NUMBER);
		await arrived();
		expect(watch.warning.value?.code).toBe("PHONE");
	});

	it("a refused text is warned of until it is changed", async () => {
		isReachable = false;
		const watch = await watching();
		watch.refused(`${NUMBER} `, "PHONE", [[0, 4]]);
		expect(watch.look(`${NUMBER} `)).toEqual({ text: NUMBER, code: "PHONE", spans: [[0, 4]] });
		watch.typed("hello");
		expect(watch.warning.value).toBeNull();
	});

	it("a filter that finds nothing does not overrule the server on the very same text", async () => {
		const watch = await watching();
		watch.typed("h");
		await arrived();
		watch.refused("reach me", "REQUEST", []);
		expect(watch.look("reach me")?.code).toBe("REQUEST");
		expect(watch.look("reach the hotel")).toBeNull();
	});
});
