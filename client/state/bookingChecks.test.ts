// @vitest-environment node
import { describe, expect, it } from "vitest";
import { ayu, START } from "../net/testing/samples";
import { type BookingFields, emptyFields } from "../storage/draftFields";
import { checkField, checkForm, type FieldName, quote } from "./bookingChecks";

const context = { now: START, therapist: ayu };
const good: BookingFields = {
	serviceId: "s-60",
	when: "later",
	scheduledTime: new Date(START + 3_600_000).toISOString(),
	locationType: "hotel",
	area: "Ubud",
	location: "Hotel Bagus 12",
	massageFor: "female",
	customerName: "Budi",
	customerWhatsApp: "0812 3456 7890",
	note: "",
};
const check = (field: FieldName, change: Partial<BookingFields>) =>
	checkField(field, { ...good, ...change }, context);
const days = (count: number) => new Date(START + count * 86_400_000).toISOString();

describe("the form's checks, with the server's codes (R2)", () => {
	it("passes a form that is filled in", () => {
		expect(checkForm(good, context)).toEqual([]);
	});

	it("names everything that is missing, in the order in which it is asked", () => {
		expect(checkForm(emptyFields, context).map(({ field, code }) => `${field} ${code}`)).toEqual([
			"serviceId required",
			"scheduledTime required",
			"locationType required",
			"area required",
			"location required",
			"massageFor required",
			"customerName required",
			"customerWhatsApp required",
		]);
	});

	it.each<[FieldName, Partial<BookingFields>, string | null]>([
		["serviceId", { serviceId: "s-gone" }, "unknown"],
		["scheduledTime", { when: "asap", scheduledTime: null }, null],
		["scheduledTime", { scheduledTime: null }, "required"],
		["scheduledTime", { scheduledTime: "soon" }, "invalid"],
		["scheduledTime", { scheduledTime: new Date(START).toISOString() }, "in_past"],
		["scheduledTime", { scheduledTime: days(180) }, null],
		["scheduledTime", { scheduledTime: days(181) }, "too_far"],
		["customerName", { customerName: "   " }, "required"],
		["customerName", { customerName: "x".repeat(80) }, null],
		["customerName", { customerName: "x".repeat(81) }, "too_long"],
		["customerName", { customerName: "😀".repeat(80) }, null],
		["customerName", { customerName: "أحمد" }, null],
		["customerName", { customerName: "Bu\u0000di" }, "invalid_characters"],
		["customerName", { customerName: "Bu\ud800di" }, "invalid_characters"],
		["locationType", { locationType: "place" }, null],
		["area", { area: "", locationType: "place" }, null],
		["location", { location: "", locationType: "place" }, null],
		["area", { area: "x".repeat(81), locationType: "place" }, null],
		["location", { location: "a\u0000b", locationType: "place" }, null],
		["location", { location: "x".repeat(301) }, "too_long"],
		["location", { location: "Gate 2\nsecond floor" }, null],
		["note", { note: "" }, null],
		["note", { note: "x".repeat(501) }, "too_long"],
	])("%s %j: %s", (field, change, code) => {
		expect(check(field, change)).toBe(code);
	});

	it.each([null, ""])("does not take the own place of a therapist without one (%j)", (address) => {
		const therapist = { ...ayu, address };
		const fields = { ...good, locationType: "place" as const };
		expect(checkField("locationType", fields, { ...context, therapist })).toBe("no_own_place");
		const spa = { ...therapist, kind: "place" as const };
		expect(checkField("locationType", fields, { ...context, therapist: spa })).toBeNull();
	});

	it.each([
		"081234567890",
		"0812-3456-7890",
		"0812 3456 7890",
		"+62 812 3456 7890",
		"6281234567890",
		"+62 812.3456.7890",
		"WA: 0812 3456 7890",
		"0062 812 3456 7890",
		"(0812) 3456 7890",
		"+44 20 7946 0958",
	])("takes the number %s", (customerWhatsApp) => {
		expect(check("customerWhatsApp", { customerWhatsApp })).toBeNull();
	});

	it.each(["12", "0812 34", "call me", "budi@example.com", "1".repeat(18)])(
		"does not take %s for a number",
		(customerWhatsApp) => {
			expect(check("customerWhatsApp", { customerWhatsApp })).toBe("invalid_phone");
		},
	);
});

describe("the price that will be asked for", () => {
	it("is the service and the way there", () => {
		expect(quote(ayu, good)).toEqual({
			price: 175_000,
			servicePrice: 150_000,
			travelFee: 25_000,
			currency: "IDR",
		});
	});

	it("has no travel fee at the therapist's own place", () => {
		expect(quote(ayu, { ...good, locationType: "place" })).toMatchObject({
			price: 150_000,
			travelFee: 0,
		});
	});

	it("is not known before a service is chosen", () => {
		expect(quote(ayu, emptyFields)).toBeNull();
	});
});
