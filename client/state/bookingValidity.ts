/** R7: what a chat, a card and a list need to know of a booking before they may show it. */
import { LOCATION_TYPES, MASSAGE_FOR } from "../storage/attempts";

export type BookingPart =
	| "bookingId"
	| "customerId"
	| "therapistId"
	| "customerName"
	| "therapistName"
	| "status"
	| "price"
	| "servicePrice"
	| "travelFee"
	| "currency"
	| "duration"
	| "serviceName"
	| "locationType"
	| "area"
	| "location"
	| "massageFor"
	| "scheduledTime"
	| "endTime"
	| "timezone"
	| "conversationId"
	| "expiresAt";

export interface BookingFault {
	field: BookingPart;
	code: "missing" | "invalid";
}

type Check = (value: unknown, booking: Fields) => boolean;
type Fields = Record<string, unknown>;

const STATUSES = new Set(["pending", "therapist_accepted", "user_confirmed", "cancelled"]);
/** The states in which a deadline runs. */
const COUNTING = new Set(["pending", "therapist_accepted"]);

const isText: Check = (value) => typeof value === "string" && value.trim() !== "";
const isAmount: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0;
const isTime: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));

const isPart: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isOneOf =
	(choices: readonly string[]): Check =>
	(value) =>
		typeof value === "string" && choices.includes(value);

const zones = new Map<unknown, boolean>();

/** A zone that this browser can tell the time of; formatting with any other throws. */
const isZone: Check = (value) => {
	if (typeof value !== "string" || value === "") return false;
	let isKnown = zones.get(value);
	if (isKnown === undefined) {
		try {
			new Intl.DateTimeFormat("en", { timeZone: value });
			isKnown = true;
		} catch {
			isKnown = false;
		}
		zones.set(value, isKnown);
	}
	return isKnown;
};

/** The therapist sees the area until she has accepted, and the exact place from then on. */
const isPlace: Check = (location, { area, acceptedAt }) =>
	location === null && (acceptedAt === null || acceptedAt === undefined)
		? isText(area, {})
		: isText(location, {});

const CHECKS: Readonly<Record<BookingPart, Check>> = {
	bookingId: isText,
	customerId: isText,
	therapistId: isText,
	customerName: isText,
	therapistName: isText,
	status: (value) => typeof value === "string" && STATUSES.has(value),
	price: isAmount,
	servicePrice: isPart,
	travelFee: isPart,
	currency: (value) => typeof value === "string" && /^[A-Z]{3}$/.test(value),
	duration: isAmount,
	serviceName: isText,
	locationType: isOneOf(LOCATION_TYPES),
	// It may be empty; whether it must not be, the place says.
	area: (value) => typeof value === "string",
	location: isPlace,
	massageFor: isOneOf(MASSAGE_FOR),
	scheduledTime: isTime,
	endTime: isTime,
	timezone: isZone,
	conversationId: isText,
	expiresAt: (value, { status }) =>
		COUNTING.has(String(status)) ? isTime(value, {}) : value === null || isTime(value, {}),
};

/** What is wrong with a booking, whatever it is; empty when the chat may open. */
export function bookingProblems(booking: unknown): BookingFault[] {
	const fields: Fields = typeof booking === "object" && booking !== null ? (booking as Fields) : {};
	return (Object.keys(CHECKS) as BookingPart[])
		.filter((field) => !CHECKS[field](fields[field], fields))
		.map((field) => ({ field, code: isMissing(fields, field) ? "missing" : "invalid" }));
}

function isMissing(fields: Fields, field: BookingPart): boolean {
	const value = fields[field];
	return value === undefined || value === null || value === "";
}
