import { beforeEach, describe, expect, it } from "vitest";
import type { BookingRequest } from "../net/types";
import { emptyFields, readForm, type StoredForm } from "./bookingForms";
import { NOBODY_YET } from "./keys";

const AYU = "t-ayu";
const order: BookingRequest = {
	therapistId: AYU,
	serviceId: "s-60",
	expectedPrice: 175_000,
	customerName: "Budi",
	customerWhatsApp: "0812 3456 7890",
	locationType: "villa",
	area: "Ubud",
	location: "Jalan Raya 1",
	massageFor: "male",
	scheduledTime: null,
};
const attempt = {
	key: "k-1",
	order,
	earlier: [],
	pressedAt: 1_000,
	isWaiting: true,
	asksFirst: false,
	unanswered: 0,
	isBooked: false,
};
const form: StoredForm = {
	fields: { ...emptyFields, customerName: "Budi" },
	savedAt: 1_000,
	attempt,
	bookingId: null,
};
const put = (stored: unknown) =>
	localStorage.setItem(`session_${AYU}_${NOBODY_YET}`, JSON.stringify(stored));
const read = () => readForm(AYU, NOBODY_YET);

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
