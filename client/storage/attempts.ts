import type { BookingRequest } from "../net/types";
import { count, isFields, isoTime, oneOf, stamp, text, textOrNull } from "./decode";

export const LOCATION_TYPES = ["home", "hotel", "villa", "place"] as const;
export const MASSAGE_FOR = ["female", "male", "couple", "child"] as const;

/** One order on its way: made when the person presses Send, kept until it is known what became of it. */
export interface SubmitAttempt {
	/** The Idempotency-Key; the server makes one booking of it, however often it comes. */
	key: string;
	/** What is to be sent: the last order the person pressed Send for. */
	order: BookingRequest;
	/** Other contents that went out under the key before, one of which may have arrived. */
	earlier: BookingRequest[];
	/** Device time, ms. */
	pressedAt: number;
	/** It is to be sent by itself when the server can be reached. */
	isWaiting: boolean;
	/** It waits for the person's word: it was made before it was known who is here. */
	asksFirst: boolean;
	/** Sends whose answer never came. */
	unanswered: number;
	/** It became a booking: the key is only good for asking after that one. */
	isBooked: boolean;
}

/** "As soon as possible" is not meant for ever: after this many milliseconds the person is asked. */
const SOON_LASTS = 15 * 60_000;

/**
 * Whether an order waited too long to be sent without asking; both times in ms. A clock that was set back tells nobody
 * how long it has waited: then the person is asked too.
 */
export function isStale(
	{ order, pressedAt }: SubmitAttempt,
	device: number,
	server: number,
): boolean {
	if (order.scheduledTime) return Date.parse(order.scheduledTime) <= server;
	const waited = device - pressedAt;
	return waited < 0 || waited > SOON_LASTS;
}

/** Two orders are the same to the server when all but the price shown is. */
export function isSameOrder(one: BookingRequest, other: BookingRequest): boolean {
	const content = (order: BookingRequest) => JSON.stringify({ ...order, expectedPrice: null });
	return content(one) === content(other);
}

/** An attempt without a whole key and order can't be sent; the details it was made of stay in the fields. */
export function attemptFrom(stored: unknown, therapistId: string): SubmitAttempt | null {
	if (!isFields(stored) || !textOrNull(stored.key)) return null;
	const order = orderFrom(stored.order, therapistId);
	if (!order) return null;
	const earlier = Array.isArray(stored.earlier) ? stored.earlier : [];
	return {
		key: text(stored.key),
		order,
		earlier: earlier
			.map((sent) => orderFrom(sent, therapistId))
			.filter((sent): sent is BookingRequest => sent !== null),
		pressedAt: stamp(stored.pressedAt) ?? 0,
		isWaiting: stored.isWaiting === true,
		asksFirst: stored.asksFirst === true,
		unanswered: count(stored.unanswered),
		isBooked: stored.isBooked === true,
	};
}

const ORDER_TEXTS = ["serviceId", "customerName", "customerWhatsApp", "area", "location"] as const;

/** Passed on as it is, or not at all: a repaired order would be another one to the server. */
function orderFrom(stored: unknown, therapistId: string): BookingRequest | null {
	if (!isFields(stored)) return null;
	const { locationType, massageFor, scheduledTime, note } = stored;
	const isWhole =
		stored.therapistId === therapistId &&
		ORDER_TEXTS.every((name) => typeof stored[name] === "string") &&
		(stored.expectedPrice === null || Number.isSafeInteger(stored.expectedPrice)) &&
		oneOf(locationType, LOCATION_TYPES) !== null &&
		oneOf(massageFor, MASSAGE_FOR) !== null &&
		(scheduledTime === null || isoTime(scheduledTime) !== null) &&
		(note === undefined || typeof note === "string");
	return isWhole ? (stored as unknown as BookingRequest) : null;
}
