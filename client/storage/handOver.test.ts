import { beforeEach, describe, expect, it } from "vitest";
import { isSameOrder } from "./attempts";
import type { DraftContent } from "./draftFile";
import { moveFormsToGuest, moveOrdersToAccount } from "./handOver";
import { attempt, form, order, put, read } from "./testing/orderedForm";

beforeEach(() => localStorage.clear());

describe("handing over what nobody owned yet", () => {
	const draft: DraftContent = { ...form, attempt: null };

	it("to a guest: the drafts and the orders", () => {
		put(form);
		moveFormsToGuest("u-1");
		expect([read(), read("u-1")]).toEqual([null, form]);
	});

	it("to a guest who ordered the same in another tab: that order stays", () => {
		const booked = {
			...form,
			attempt: { ...attempt, key: "k-0", isWaiting: false, isBooked: true },
		};
		put(booked, "u-1");
		put(form);
		moveFormsToGuest("u-1");
		expect([read(), read("u-1")]).toEqual([null, booked]);
	});

	it("to an account: the orders alone, to be asked about, before a draft of its own", () => {
		put(draft, "u-1");
		put(form);
		moveOrdersToAccount("u-1");
		const asked = { ...form, attempt: { ...attempt, asksFirst: true } };
		expect([read(), read("u-1")]).toEqual([null, asked]);
		put(draft);
		moveOrdersToAccount("u-1");
		expect([read(), read("u-1")]).toEqual([draft, asked]);
	});

	it("calls two orders the same whatever price was shown", () => {
		expect(isSameOrder(order, { ...order, expectedPrice: 1 })).toBe(true);
		expect(isSameOrder(order, { ...order, note: "x" })).toBe(false);
	});
});
