import { describe, expect, it, vi } from "vitest";
import type { Opening } from "../../state/types";
import { daysFrom, instantOf, isWithinHours, slotsOf, wallClock } from "./schedule";

const MAKASSAR = "Asia/Makassar"; // UTC+8, no clock changes
const at = (iso: string) => Date.parse(iso);
const everyDay = (opens: string, closes: string): Opening[] =>
	[0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens, closes }));

describe("the provider's wall clock", () => {
	it("reads the day and time of the zone, not of the device", () => {
		expect(wallClock(at("2026-11-21T17:30:00Z"), MAKASSAR)).toEqual({
			day: "2026-11-22",
			time: "01:30",
		});
	});

	it("finds the instant at which that clock shows a time", () => {
		expect(instantOf("2026-11-22", "01:30", MAKASSAR)).toBe(at("2026-11-21T17:30:00Z"));
	});

	it("knows that clocks change elsewhere", () => {
		expect(instantOf("2026-10-25", "09:00", "Europe/Berlin")).toBe(at("2026-10-25T08:00:00Z"));
		expect(instantOf("2026-10-24", "09:00", "Europe/Berlin")).toBe(at("2026-10-24T07:00:00Z"));
	});

	it("counts calendar days of the zone", () => {
		expect(daysFrom(at("2026-12-30T20:00:00Z"), MAKASSAR, 3)).toEqual([
			"2026-12-31",
			"2027-01-01",
			"2027-01-02",
		]);
	});
});

describe("the times on offer", () => {
	const question = { day: "2026-11-21", zone: MAKASSAR, duration: 60 };
	const early = at("2026-11-20T16:00:00Z");

	it("are those at which the whole session fits into the hours", () => {
		const slots = slotsOf({ ...question, hours: everyDay("09:00", "11:00"), now: early });
		expect(slots).toEqual(["09:00", "09:30", "10:00"]);
	});

	it("are looked up once, not with every minute that passes", () => {
		const asked = { ...question, day: "2026-11-23", hours: everyDay("00:00", "24:00") };
		const looks = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
		const before = slotsOf({ ...asked, now: early });
		expect(looks).toHaveBeenCalled();
		looks.mockClear();
		expect(slotsOf({ ...asked, now: early + 60_000 })).toEqual(before);
		expect(looks).not.toHaveBeenCalled();
		looks.mockRestore();
	});

	it("leave 45 minutes to get there", () => {
		const now = at("2026-11-21T01:20:00Z"); // 09:20 in Makassar
		const slots = slotsOf({ ...question, hours: everyDay("09:00", "12:00"), now });
		expect(slots[0]).toBe("10:30");
	});

	it("are none on a day off", () => {
		const saturdayOff = everyDay("09:00", "11:00").filter(({ weekday }) => weekday !== 5);
		expect(slotsOf({ ...question, hours: saturdayOff, now: early })).toEqual([]);
	});

	it("run past midnight where one opening meets the next", () => {
		const hours = [...everyDay("22:00", "24:00"), ...everyDay("00:00", "02:00")];
		const slots = slotsOf({ ...question, hours, now: early });
		expect(slots.slice(-4)).toEqual(["22:00", "22:30", "23:00", "23:30"]);
	});

	it("are all that is left of the day for a provider without set hours", () => {
		expect(slotsOf({ ...question, hours: [], now: early })).toHaveLength(46);
	});
});

describe("a time that is not on the list", () => {
	const late = [...everyDay("22:00", "24:00"), ...everyDay("00:00", "02:00")];
	const begins = (face: string) => instantOf("2026-11-21", face, MAKASSAR);

	it("lies within the hours when the whole session does", () => {
		expect(isWithinHours(begins("23:40"), 90, MAKASSAR, late)).toBe(true);
		expect(isWithinHours(begins("01:10"), 60, MAKASSAR, late)).toBe(false);
		expect(isWithinHours(begins("21:50"), 60, MAKASSAR, late)).toBe(false);
	});

	it("always does for a provider without set hours", () => {
		expect(isWithinHours(begins("03:10"), 120, MAKASSAR, [])).toBe(true);
	});
});
