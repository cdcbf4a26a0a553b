/** Facts as people read them, in the language on the screen. */
import { locale, type TextKey, t, time, zoneName } from "../i18n";
import type { Service } from "../state/types";
import { clockTime, deviceZone } from "./frontWords";

export { duration as minutes, money, timeRange, zoneName } from "../i18n";
export { clockTime, deviceZone, languageNames } from "./frontWords";

type Instant = string | number;

/** `Tue 14 Jan, 14:00`. */
export function dayAndTime(at: Instant, zone = deviceZone()): string {
	const day = time(at, zone, { weekday: "short", day: "numeric", month: "short" });
	return `${locale.value === "en" ? day.replace(",", "") : day}, ${clockTime(at, zone)}`;
}

/** `9:00–21:00` of a wall clock, written as the language writes times. */
export function clockRange(opens: string, closes: string): string {
	const written = (face: string) => (locale.value === "id" ? face.replace(":", ".") : face);
	return `${written(opens)}–${written(closes)}`;
}

/** A calendar day of a zone (`YYYY-MM-DD`) as `Today`, `Tomorrow` or `Tue 14 Jan`. */
export function dayName(day: string, today: string): string {
	const gap = (Date.parse(day) - Date.parse(today)) / 86_400_000;
	if (gap === 0) return t("form.today");
	if (gap === 1) return t("form.tomorrow");
	return time(`${day}T12:00:00Z`, "UTC", { weekday: "short", day: "numeric", month: "short" });
}

/** `Monday` for 0, and so on. */
export function weekdayName(weekday: number): string {
	// 5 January 2026 was a Monday.
	return time(Date.UTC(2026, 0, 5 + weekday, 12), "UTC", { weekday: "long" });
}

/** The service's name in the language on the screen. */
export function serviceName(service: Pick<Service, "name" | "nameId">): string {
	return locale.value === "id" && service.nameId ? service.nameId : service.name;
}

/** Several things as a sentence has them: `a, b and c`. */
export function listed(parts: readonly string[]): string {
	return new Intl.ListFormat(locale.value, { type: "conjunction" }).format(parts);
}

/** The sentence for a field's fault; a sentence of its own where the field has one. */
export function faultText(field: string, code: string): string {
	const keys: Record<string, TextKey> = {
		"serviceId required": "error.required.service",
		"scheduledTime required": "error.required.time",
		"locationType required": "error.required.locationType",
		"massageFor required": "error.required.massageFor",
	};
	return t(keys[`${field} ${code}`] ?? FAULTS[code] ?? "error.invalid");
}

const FAULTS: Record<string, TextKey> = {
	required: "error.required",
	type: "error.type",
	too_short: "error.too_short",
	too_long: "error.too_long",
	invalid: "error.invalid",
	no_own_place: "error.no_own_place",
	invalid_email: "error.invalid_email",
	same_as_email: "error.same_as_email",
	taken: "error.taken",
	invalid_choice: "error.invalid_choice",
	invalid_account: "error.invalid_account",
	invalid_phone: "error.invalid_phone",
	invalid_characters: "error.invalid_characters",
	invalid_direction: "error.invalid_direction",
	in_past: "error.in_past",
	too_far: "error.too_far",
	outside_hours: "error.outside_hours",
	unknown: "error.unknown",
	contact_blocked: "error.contact_blocked",
};

/** A past instant's day: `Today`, `Yesterday`, or `Tue 14 Jan`. */
export function pastDayName(at: number): string {
	const midnight = new Date().setHours(0, 0, 0, 0);
	if (at >= midnight) return t("day.today");
	if (at >= midnight - 86_400_000) return t("day.yesterday");
	return time(at, deviceZone(), { weekday: "short", day: "numeric", month: "short" });
}

/** A past instant, as short as a list needs it: the time today, else the day. */
export function recentTime(at: string): string {
	const instant = Date.parse(at);
	const isToday = instant >= new Date().setHours(0, 0, 0, 0);
	return isToday
		? clockTime(instant)
		: time(instant, deviceZone(), { day: "numeric", month: "short" });
}

/** When somebody was last here, in the middle of a sentence: `5 min ago`, `today 14:02`. Both in milliseconds. */
export function lastSeenTime(at: number, now: number): string {
	const minutes = Math.floor((now - at) / 60_000);
	if (minutes < 1) return t("presence.now");
	if (minutes < 60) {
		const format = new Intl.RelativeTimeFormat(locale.value, { style: "short" });
		return format.format(-minutes, "minute");
	}
	const midnight = new Date(now).setHours(0, 0, 0, 0);
	if (at >= midnight) return t("presence.today", { time: clockTime(at) });
	if (at >= midnight - 86_400_000) return t("presence.yesterday", { time: clockTime(at) });
	return dayAndTime(at);
}

/** Whether clocks here show another time than in `zone` at that moment. */
export function isElsewhere(at: string | number, zone: string): boolean {
	const shown = { hour: "2-digit", minute: "2-digit", day: "numeric" } as const;
	return time(at, zone, shown) !== time(at, deviceZone(), shown);
}

/** A time on the clocks of `zone`, with the zone's name where clocks here show another. */
export function placeTime(at: Instant, zone: string): string {
	const shown = clockTime(at, zone);
	return isElsewhere(at, zone) ? `${shown} ${zoneName(zone, at)}` : shown;
}
