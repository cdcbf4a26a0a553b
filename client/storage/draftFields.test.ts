import { beforeEach, describe, expect, it } from "vitest";
import { emptyFields, fieldsFrom, LONGEST_TEXT } from "./draftFields";
import { attempt, form, order, putOld, read } from "./testing/orderedForm";

beforeEach(() => localStorage.clear());

describe("a draft of the first schema, edited by hand: each field by itself (R26)", () => {
	it.each([
		["no time at all", "soon"],
		["a number", 7],
		["beyond every calendar", "+999999-01-01T00:00:00Z"],
	])("loses a time that is none (%s), and nothing else", (_name, scheduledTime) => {
		putOld({ ...form, fields: { ...form.fields, scheduledTime } });
		expect(read()).toEqual(form);
	});

	it.each<[string, object]>([
		["no key", { key: "" }],
		["an order to somebody else", { order: { ...order, therapistId: "t-other" } }],
		["an order at no time", { order: { ...order, scheduledTime: "soon" } }],
		["an order without a place", { order: { ...order, location: 5 } }],
		["an order of no kind of place", { order: { ...order, locationType: "moon" } }],
		["no order", { order: null }],
	])("loses an attempt with %s, which cannot be sent; the details stay", (_name, damage) => {
		putOld({ ...form, attempt: { ...attempt, ...damage } });
		expect(read()).toEqual({ ...form, attempt: null });
	});

	it("keeps an order whose key is whole, whatever else is broken", () => {
		const rest = { earlier: [7, order], pressedAt: "x", unanswered: -1, isBooked: "no" };
		putOld({ fields: 3, bookingId: [], attempt: { ...attempt, ...rest } });
		expect(read()).toEqual({
			...form,
			fields: emptyFields,
			attempt: { ...attempt, earlier: [order], pressedAt: 0 },
		});
	});
});

describe("what an order on its way shows of the provider", () => {
	const service = {
		...{ id: "s-60", name: "Balinese", nameId: "Bali" },
		...{ duration: 60, price: 150_000, currency: "IDR" },
	};
	const provider = {
		...{ id: "t-ayu", displayName: "Ayu", timezone: "Asia/Makassar", travelFee: 25_000 },
		services: [service],
	};

	it("is read back as it was", () => {
		putOld({ ...form, attempt: { ...attempt, provider } });
		expect(read()).toEqual({ ...form, attempt: { ...attempt, provider } });
	});

	it.each<[string, unknown]>([
		["is about another provider", { ...provider, id: "t-other" }],
		["is about another service", { ...provider, services: [{ ...service, id: "s-90" }] }],
		["is in a zone that is none", { ...provider, timezone: "Asia/Atlantis" }],
		[
			"is in a currency that is none",
			{ ...provider, services: [{ ...service, currency: "money" }] },
		],
		["has no service", { ...provider, services: [] }],
		["has no name", { ...provider, displayName: "" }],
		["is nothing of the kind", "Ayu"],
	])("is left out where it %s; the order is sent all the same", (_name, damaged) => {
		putOld({ ...form, attempt: { ...attempt, provider: damaged } });
		expect(read()).toEqual(form);
	});
});

describe("hostile fields", () => {
	it("a text of five megabytes is refused, its neighbours are not", () => {
		const fields = fieldsFrom({ note: "x".repeat(5_000_000), area: "Ubud" });
		expect(fields).toEqual({ ...emptyFields, area: "Ubud" });
	});

	it("the longest text that is taken is kept to its last letter", () => {
		expect(fieldsFrom({ note: "x".repeat(LONGEST_TEXT) }).note).toHaveLength(LONGEST_TEXT);
	});

	it("a time written with an offset is the same time as in UTC", () => {
		const { scheduledTime } = fieldsFrom({ scheduledTime: "2026-03-11T12:00:00+08:00" });
		expect(scheduledTime).toBe("2026-03-11T04:00:00.000Z");
	});

	it("keys of the prototype reach no prototype", () => {
		const hostile = JSON.parse(
			'{"__proto__":{"area":"evil","isAdmin":true},"constructor":{"x":1}}',
		);
		expect(fieldsFrom(hostile)).toEqual(emptyFields);
		expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
	});

	it.each([null, 7, "text", [], true])(
		"what is no object at all (%j) is an empty form",
		(stored) => {
			expect(fieldsFrom(stored)).toEqual(emptyFields);
		},
	);
});
