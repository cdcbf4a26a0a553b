import { beforeEach, describe, expect, it } from "vitest";
import { isSameOrder } from "./attempts";
import type { DraftContent } from "./draftFile";
import { handOver } from "./handOver";
import { attempt, form, order, put, read } from "./testing/orderedForm";

beforeEach(() => localStorage.clear());

describe("handing over what nobody owned yet", () => {
	const guest = { id: "u-1", isGuest: true };
	const account = { id: "u-1", isGuest: false };
	const draft: DraftContent = { ...form, attempt: null };

	it("to a guest: the drafts and the orders", () => {
		put(form);
		handOver(guest);
		expect([read(), read("u-1")]).toEqual([null, form]);
	});

	it("to a guest who ordered the same in another tab: that order stays", () => {
		const booked = {
			...form,
			attempt: { ...attempt, key: "k-0", isWaiting: false, isBooked: true },
		};
		put(booked, "u-1");
		put(form);
		handOver(guest);
		expect([read(), read("u-1")]).toEqual([null, booked]);
	});

	it("to an account: the orders alone, to be asked about, before a draft of its own", () => {
		put(draft, "u-1");
		put(form);
		handOver(account);
		const asked = { ...form, attempt: { ...attempt, asksFirst: true } };
		expect([read(), read("u-1")]).toEqual([null, asked]);
		put(draft);
		handOver(account);
		expect([read(), read("u-1")]).toEqual([draft, asked]);
	});

	it.each([
		["came by a code", "tenang.recovered", "u-1"],
		["may have come by a code whose answer was lost", "tenang.recovery", '{"code":"K7Q2M-9XDTA"}'],
	])("to a guest who %s: as to an account", (_name, key, value) => {
		localStorage.setItem(key, value);
		put(form);
		handOver(guest);
		expect([read(), read("u-1")?.attempt?.asksFirst]).toEqual([null, true]);
	});

	it("to another guest than the one who came by a code: the order of its own", () => {
		localStorage.setItem("tenang.recovered", "u-2");
		put(form);
		handOver(guest);
		expect(read("u-1")).toEqual(form);
	});

	it("calls two orders the same whatever price was shown", () => {
		expect(isSameOrder(order, { ...order, expectedPrice: 1 })).toBe(true);
		expect(isSameOrder(order, { ...order, note: "x" })).toBe(false);
	});
});
