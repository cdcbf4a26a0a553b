// @vitest-environment node
import { describe, expect, it } from "vitest";
import { booking } from "../net/testing/samples";
import type { Booking } from "../net/types";
import { bookingProblems } from "./bookingValidity";

const accepted = { status: "therapist_accepted", acceptedAt: "2026-03-10T04:05:00Z" } as const;
const faultOf = (change: object) => bookingProblems({ ...booking(), ...change });

/** R7: each field, with what must not pass for it. */
const corrupt: Record<string, unknown[]> = {
	bookingId: ["", "  ", 7, {}],
	customerId: ["", 7],
	therapistId: ["", []],
	customerName: ["", "   ", 0],
	therapistName: ["", false],
	status: ["", "completed", "PENDING", 3],
	price: [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "175000", 2 ** 60],
	servicePrice: [-1, "150000", 1.5],
	travelFee: [-1, "free", Number.NaN],
	currency: ["", "Rp", "idr", 360],
	duration: [0, -60, 59.5, "60"],
	serviceName: ["", {}, 7],
	locationType: ["", "moon", 1],
	area: [7, {}],
	location: ["", "   ", 5],
	massageFor: ["", "dog", 2],
	scheduledTime: ["", "tomorrow", "2026-13-45T00:00:00Z", 1_770_000_000_000],
	endTime: ["", "later", "2026-13-45T00:00:00Z", 1_770_000_000_000],
	timezone: ["", "Bali/Somewhere", 8, {}],
	conversationId: ["", 1],
	expiresAt: ["", "soon", 12],
};

describe("R7: what a chat needs of its booking", () => {
	it.each<[string, Partial<Booking>]>([
		["pending", {}],
		["accepted", accepted],
		["confirmed", { ...accepted, status: "user_confirmed", expiresAt: null }],
		["declined", { status: "cancelled", expiresAt: null }],
		["pending as the therapist sees it: the area only", { location: null }],
		["declined as the therapist sees it", { status: "cancelled", location: null, expiresAt: null }],
		["awaiting the answer, its deadline just over", { expiresAt: "2020-01-01T00:00:00Z" }],
	])("finds nothing wrong with a booking that is %s", (_name, change) => {
		expect(faultOf(change)).toEqual([]);
	});

	const fields = Object.keys(corrupt);

	it.each(fields)("notices that %s is missing", (field) => {
		const fault = [{ field, code: "missing" }];
		expect(faultOf({ [field]: undefined, ...(field === "location" && accepted) })).toEqual(fault);
		expect(faultOf({ [field]: null, ...(field === "location" && accepted) })).toEqual(fault);
	});

	it.each(
		fields.flatMap((field) => (corrupt[field] ?? []).map((value) => [field, value] as const)),
	)("does not take %s: %j", (field, value) => {
		const faults = faultOf({ [field]: value });
		expect(faults.map((fault) => fault.field)).toEqual([field]);
	});

	it("wants the exact place once the therapist has accepted, and the area before", () => {
		expect(faultOf({ ...accepted, location: null })).toEqual([
			{ field: "location", code: "missing" },
		]);
		expect(faultOf({ location: null, area: "" })).toEqual([{ field: "location", code: "missing" }]);
	});

	it("wants a deadline only where one runs", () => {
		expect(faultOf({ ...accepted, expiresAt: null })).toEqual([
			{ field: "expiresAt", code: "missing" },
		]);
		expect(faultOf({ ...accepted, status: "user_confirmed", expiresAt: null })).toEqual([]);
	});

	it.each([undefined, null, 7, "booking", [], () => {}])("names every field of %j", (value) => {
		expect(bookingProblems(value)).toHaveLength(fields.length);
	});
});
