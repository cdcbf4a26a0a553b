/** Days and times a session can begin, in the provider's own zone. */

import type { Opening } from "../../state/types";

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
const STEP_MINUTES = 30;
/** Nobody can be at the door sooner: the same as the server's "as soon as possible". */
const LEAD_MINUTES = 45;

const formats = new Map<string, Intl.DateTimeFormat>();

// Making one is slow, and a form asks for hundreds of times.
function partsIn(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const two = "2-digit" as const;
	const clock = { hour: two, minute: two, hourCycle: "h23" } as const;
	const made = new Intl.DateTimeFormat("en-CA", {
		timeZone: zone,
		year: "numeric",
		month: two,
		day: two,
		...clock,
	});
	formats.set(zone, made);
	return made;
}

/** The wall clock of `zone` at `instant` (ms): day as `YYYY-MM-DD`, time as `HH:MM`. */
export function wallClock(instant: number, zone: string): { day: string; time: string } {
	const found = new Map(
		partsIn(zone)
			.formatToParts(instant)
			.map(({ type, value }) => [type, value]),
	);
	const part = (name: Intl.DateTimeFormatPartTypes) => found.get(name) ?? "";
	return {
		day: `${part("year")}-${part("month")}-${part("day")}`,
		time: `${part("hour")}:${part("minute")}`,
	};
}

/** A month of a provider who is always there has half as many. */
const MOST_INSTANTS = 3_000;
/** A form asks for the same hundreds again with every minute: looking them up anew kept a slow phone from a key. */
const instants = new Map<string, number>();

/** The instant (ms) at which the clocks of `zone` show `day` and `time`. A time that a clock change skips is moved on by the change. */
export function instantOf(day: string, time: string, zone: string): number {
	const key = `${zone} ${day} ${time}`;
	const known = instants.get(key);
	if (known !== undefined) return known;
	const found = lookUpInstant(day, time, zone);
	if (instants.size >= MOST_INSTANTS) instants.clear();
	instants.set(key, found);
	return found;
}

function lookUpInstant(day: string, time: string, zone: string): number {
	const asUtc = Date.parse(`${day}T00:00:00Z`) + minuteOf(time) * MINUTE;
	const offsetAt = (instant: number) => {
		const wall = wallClock(instant, zone);
		return Date.parse(`${wall.day}T${wall.time}:00Z`) - Math.floor(instant / MINUTE) * MINUTE;
	};
	// The offset may differ between the guess and the answer when the clocks change in between; the second look settles it.
	return asUtc - offsetAt(asUtc - offsetAt(asUtc));
}

/** Minutes since midnight of `HH:MM`. */
export function minuteOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(":").map(Number);
	return hours * 60 + minutes;
}

/** `days` calendar days of `zone` from the one that holds `now`. */
export function daysFrom(now: number, zone: string, days: number): string[] {
	const first = Date.parse(`${wallClock(now, zone).day}T12:00:00Z`);
	return Array.from({ length: days }, (_, index) =>
		new Date(first + index * DAY_MINUTES * MINUTE).toISOString().slice(0, 10),
	);
}

function openMinutes(day: string, hours: readonly Opening[]): [number, number][] {
	if (hours.length === 0) return [[0, DAY_MINUTES]];
	const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
	return hours
		.filter((opening) => opening.weekday === weekday)
		.map(({ opens, closes }): [number, number] => [minuteOf(opens), minuteOf(closes)])
		.sort(([a], [b]) => a - b);
}

function followingDay(day: string): string {
	return new Date(Date.parse(`${day}T12:00:00Z`) + DAY_MINUTES * MINUTE).toISOString().slice(0, 10);
}

/** Openings that run past midnight into the next day's are one. */
function closingOf(day: string, closes: number, hours: readonly Opening[]): number {
	if (closes < DAY_MINUTES) return closes;
	const night = openMinutes(followingDay(day), hours).find(([opens]) => opens === 0);
	return night ? DAY_MINUTES + night[1] : closes;
}

export interface SlotQuestion {
	day: string;
	zone: string;
	hours: readonly Opening[];
	/** Minutes. */
	duration: number;
	/** Server time, ms. */
	now: number;
}

/** The times (`HH:MM`, every half hour) at which a session of `duration` fits into the provider's hours of that day. */
export function slotsOf({ day, zone, hours, duration, now }: SlotQuestion): string[] {
	const slots: string[] = [];
	for (const [opens, closes] of openMinutes(day, hours)) {
		const end = closingOf(day, closes, hours);
		const first = Math.ceil(opens / STEP_MINUTES) * STEP_MINUTES;
		for (
			let minute = first;
			minute < DAY_MINUTES && minute + duration <= end;
			minute += STEP_MINUTES
		) {
			const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
			if (instantOf(day, time, zone) >= soonest(now)) slots.push(time);
		}
	}
	return slots;
}

/** Whether a session of `duration` minutes that begins at `start` (ms) lies within the provider's hours. */
export function isWithinHours(
	start: number,
	duration: number,
	zone: string,
	hours: readonly Opening[],
): boolean {
	const { day, time } = wallClock(start, zone);
	const minute = minuteOf(time);
	return openMinutes(day, hours).some(
		([opens, closes]) => opens <= minute && minute + duration <= closingOf(day, closes, hours),
	);
}

/** When "as soon as possible" begins (ms), asked at `now`. */
export const soonest = (now: number): number => now + LEAD_MINUTES * MINUTE;
