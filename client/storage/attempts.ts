import type { BookingRequest, Service, Therapist } from "../net/types";
import { count, isFields, isoTime, oneOf, stamp, text, textOrNull } from "./decode";

export const LOCATION_TYPES = ["home", "hotel", "villa", "place"] as const;
export const MASSAGE_FOR = ["female", "male", "couple", "child"] as const;

/** The provider as she was when Send was pressed, with the one service that was ordered: what shows the order offline. */
export type OrderedFrom = Pick<Therapist, "id" | "displayName" | "timezone" | "travelFee"> & {
	services: Service[];
};

/** One order on its way: made when the person presses Send, kept until it is known what became of it. */
export interface SubmitAttempt {
	/** The Idempotency-Key; the server makes one booking of it, however often it comes. */
	key: string;
	/** What is to be sent: the last order the person pressed Send for. */
	order: BookingRequest;
	/** Left out where she was not known, and by older versions of the app. */
	provider?: OrderedFrom;
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
	const provider = providerFrom(stored.provider, order);
	return {
		key: text(stored.key),
		order,
		...(provider && { provider }),
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

/** What can be shown of the provider, or null; never what is about another one or another service. */
function providerFrom(stored: unknown, order: BookingRequest): OrderedFrom | null {
	if (!isFields(stored) || stored.id !== order.therapistId) return null;
	const service = Array.isArray(stored.services) ? serviceFrom(stored.services[0]) : null;
	const displayName = textOrNull(stored.displayName);
	const timezone = zoneOrNull(stored.timezone);
	if (service?.id !== order.serviceId || !displayName || !timezone) return null;
	const { therapistId: id } = order;
	return { id, displayName, timezone, travelFee: count(stored.travelFee), services: [service] };
}

function serviceFrom(stored: unknown): Service | null {
	if (!isFields(stored)) return null;
	const [id, name, currency] = [stored.id, stored.name, stored.currency].map(textOrNull);
	if (!id || !name || !currency || !/^[A-Z]{3}$/.test(currency)) return null;
	const { duration, price, nameId } = stored;
	return {
		id,
		name,
		nameId: text(nameId),
		currency,
		duration: count(duration),
		price: count(price),
	};
}

/** The name of a time zone that this browser knows; any other would break what shows a time in it. */
function zoneOrNull(stored: unknown): string | null {
	try {
		return new Intl.DateTimeFormat("en", { timeZone: text(stored) || "?" }) && text(stored);
	} catch {
		return null;
	}
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
