import { beforeEach, describe, expect, it } from "vitest";
import type { BookingRequest } from "../net/types";
import { isSameOrder } from "./attempts";
import { emptyFields, readForm, type StoredForm, writeForm } from "./bookingForms";
import { moveFormsToGuest, moveOrdersToAccount } from "./handOver";
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

describe("handing over what nobody owned yet", () => {
	const draft: StoredForm = { ...form, attempt: null };

	it("to a guest: the drafts and the orders", () => {
		put(form);
		moveFormsToGuest("u-1");
		expect([read(), readForm(AYU, "u-1")]).toEqual([null, form]);
	});

	it("to a guest who ordered the same in another tab: that order stays", () => {
		const booked = {
			...form,
			attempt: { ...attempt, key: "k-0", isWaiting: false, isBooked: true },
		};
		writeForm(AYU, "u-1", booked);
		put(form);
		moveFormsToGuest("u-1");
		expect([read(), readForm(AYU, "u-1")]).toEqual([null, booked]);
	});

	it("to an account: the orders alone, to be asked about, before a draft of its own", () => {
		writeForm(AYU, "u-1", draft);
		put(form);
		moveOrdersToAccount("u-1");
		const asked = { ...form, attempt: { ...attempt, asksFirst: true } };
		expect([read(), readForm(AYU, "u-1")]).toEqual([null, asked]);
		put(draft);
		moveOrdersToAccount("u-1");
		expect([read(), readForm(AYU, "u-1")]).toEqual([draft, asked]);
	});

	it("calls two orders the same whatever price was shown", () => {
		expect(isSameOrder(order, { ...order, expectedPrice: 1 })).toBe(true);
		expect(isSameOrder(order, { ...order, note: "x" })).toBe(false);
	});
});
