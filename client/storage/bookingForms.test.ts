import { beforeEach, describe, expect, it } from "vitest";
import { emptyFields } from "./bookingForms";
import { attempt, form, order, put, read } from "./testing/orderedForm";

beforeEach(() => localStorage.clear());

describe("a stored form that is damaged", () => {
	it.each([
		["no time at all", "soon"],
		["a number", 7],
		["beyond every calendar", "+999999-01-01T00:00:00Z"],
	])("loses a time that is none (%s), and nothing else", (_name, scheduledTime) => {
		put({ ...form, fields: { ...form.fields, scheduledTime } });
		expect(read()).toEqual(form);
	});

	it.each(["now", 1e300, null])("loses when it was saved (%j), and nothing else", (savedAt) => {
		put({ ...form, savedAt });
		expect(read()).toEqual({ ...form, savedAt: 0 });
	});

	it.each<[string, object]>([
		["no key", { key: "" }],
		["an order to somebody else", { order: { ...order, therapistId: "t-other" } }],
		["an order at no time", { order: { ...order, scheduledTime: "soon" } }],
		["an order without a place", { order: { ...order, location: 5 } }],
		["an order of no kind of place", { order: { ...order, locationType: "moon" } }],
		["no order", { order: null }],
	])("loses an attempt with %s, which cannot be sent; the details stay", (_name, damage) => {
		put({ ...form, attempt: { ...attempt, ...damage } });
		expect(read()).toEqual({ ...form, attempt: null });
	});

	it("keeps an order whose key is whole, whatever else is broken", () => {
		const rest = { earlier: [7, order], pressedAt: "x", unanswered: -1, isBooked: "no" };
		put({ fields: 3, savedAt: {}, bookingId: [], attempt: { ...attempt, ...rest } });
		expect(read()).toEqual({
			fields: emptyFields,
			savedAt: 0,
			bookingId: null,
			attempt: { ...attempt, earlier: [order], pressedAt: 0 },
		});
	});
});
