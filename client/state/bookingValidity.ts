/** R7: what a chat needs to know of its booking before it may open. */

export type BookingPart =
	| "bookingId"
	| "customerId"
	| "therapistId"
	| "customerName"
	| "therapistName"
	| "status"
	| "price"
	| "currency"
	| "duration"
	| "location"
	| "scheduledTime"
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
	currency: (value) => typeof value === "string" && /^[A-Z]{3}$/.test(value),
	duration: isAmount,
	location: isPlace,
	scheduledTime: isTime,
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
