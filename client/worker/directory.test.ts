import { describe, expect, it } from "vitest";
import { providerIn, providersIn } from "./directory";

const SINCE = "2026-03-10T04:00:00.000Z";
const list = (body: string) => new Response(body, { headers: { "X-Kept-Since": SINCE } });
const both = list('{"items":[{"id":"ayu","area":"Ubud"},{"id":"budi/2","area":"Sanur"}]}');

describe("the kept directory (R34)", () => {
	it("answers for a provider in it, as of when it was given itself", async () => {
		const answer = await providerIn(both, "/api/therapists/budi%2F2");
		expect(await answer?.json()).toEqual({ id: "budi/2", area: "Sanur" });
		expect(answer?.headers.get("X-Kept-Since")).toBe(SINCE);
	});

	it("knows nobody else", async () => {
		expect(await providerIn(both, "/api/therapists/wayan")).toBeUndefined();
		expect(await providerIn(both, "/api/therapists")).toBeUndefined();
	});

	it.each(["", "no list", "null", "[]", '{"items":7}', '{"items":[null,3]}'])(
		"has nobody in it when it is %j",
		async (body) => expect(await providersIn(list(body))).toEqual([]),
	);
});
