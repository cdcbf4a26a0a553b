import type { Booking, BookingRequest } from "../net/types";
import { count, type Fields, isFields, isoTime, oneOf, stamp, text, textOrNull } from "./decode";
import { formKey, NOBODY_YET, type Owner, therapistsWithForm } from "./keys";
import { isOnDevice, readJson, removeKey, writeJson } from "./local";

/** What the person filled in for one therapist. Texts are as typed; null = not chosen yet. */
export interface BookingFields {
	serviceId: string | null;
	/** `asap` = as soon as possible; `later` = at `scheduledTime`. */
	when: "asap" | "later" | null;
	/** ISO-8601 UTC. */
	scheduledTime: string | null;
	locationType: Booking["locationType"] | null;
	area: string;
	location: string;
	massageFor: Booking["massageFor"] | null;
	customerName: string;
	customerWhatsApp: string;
	note: string;
}

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
	/** It waits for the person's word: it was made before they signed in. */
	asksFirst: boolean;
	/** Sends whose answer never came. */
	unanswered: number;
	/** It became a booking: the key is only good for asking after that one. */
	isBooked: boolean;
}

export interface StoredForm {
	fields: BookingFields;
	/** Device time, ms. */
	savedAt: number;
	attempt: SubmitAttempt | null;
	/** The booking that was made of it; the details stay for another try if the therapist can't. */
	bookingId: string | null;
}

const LOCATION_TYPES = ["home", "hotel", "villa", "place"] as const;
const MASSAGE_FOR = ["female", "male", "couple", "child"] as const;

export const emptyFields: BookingFields = {
	serviceId: null,
	when: null,
	scheduledTime: null,
	locationType: null,
	area: "",
	location: "",
	massageFor: null,
	customerName: "",
	customerWhatsApp: "",
	note: "",
};

/** The stored form, or null. What is damaged in it is left out, the rest is kept. */
export function readForm(therapistId: string, owner: Owner): StoredForm | null {
	const stored = readJson(formKey(therapistId, owner), isFields);
	const attempt = attemptFrom(stored?.attempt, therapistId);
	if (!stored || !(isFields(stored.fields) || attempt)) return null;
	return {
		fields: fieldsFrom(isFields(stored.fields) ? stored.fields : {}),
		savedAt: stamp(stored.savedAt) ?? 0,
		attempt,
		bookingId: textOrNull(stored.bookingId),
	};
}

/** Whether it will survive a reload. */
export function writeForm(therapistId: string, owner: Owner, form: StoredForm): boolean {
	return writeJson(formKey(therapistId, owner), form);
}

export function removeForm(therapistId: string, owner: Owner): void {
	removeKey(formKey(therapistId, owner));
}

/** Whether what is stored of a form is on the device, and not only in the memory of this page. */
export function isFormOnDevice(therapistId: string, owner: Owner): boolean {
	return isOnDevice(formKey(therapistId, owner));
}

/**
 * Hands every form that nobody owns yet over to the guest who has just become known. What the guest ordered in
 * another tab is the same order, or has been booked meanwhile: it stays.
 */
export function moveFormsToGuest(guest: Owner): void {
	for (const therapistId of therapistsWithForm(NOBODY_YET)) {
		const form = readForm(therapistId, NOBODY_YET);
		const theirs = readForm(therapistId, guest);
		const isNewOrder =
			form?.attempt?.isWaiting &&
			!theirs?.attempt?.isWaiting &&
			!(theirs?.attempt && isSameOrder(theirs.attempt.order, form.attempt.order));
		if (form && (isNewOrder || !theirs)) moveForm(therapistId, guest, form);
		else removeForm(therapistId, NOBODY_YET);
	}
}

/**
 * Hands the orders that nobody owns yet over to the person who signed in, to be asked about before they are sent.
 * An order goes before a draft; where both have an order to the same therapist, each stays where it is.
 */
export function moveOrdersToAccount(account: Owner): void {
	for (const therapistId of therapistsWithForm(NOBODY_YET)) {
		const form = readForm(therapistId, NOBODY_YET);
		if (!form?.attempt?.isWaiting || readForm(therapistId, account)?.attempt?.isWaiting) continue;
		const attempt = { ...form.attempt, asksFirst: true };
		moveForm(therapistId, account, { ...form, attempt });
	}
}

/** Written before the old one goes; on a full device once more after, when there is room for it. */
function moveForm(therapistId: string, to: Owner, form: StoredForm): void {
	const isKept = writeForm(therapistId, to, form);
	removeForm(therapistId, NOBODY_YET);
	if (!isKept) writeForm(therapistId, to, form);
}

/** Two orders are the same to the server when all but the price shown is. */
export function isSameOrder(one: BookingRequest, other: BookingRequest): boolean {
	const content = (order: BookingRequest) => JSON.stringify({ ...order, expectedPrice: null });
	return content(one) === content(other);
}

function fieldsFrom(stored: Fields): BookingFields {
	return {
		serviceId: textOrNull(stored.serviceId),
		when: oneOf(stored.when, ["asap", "later"]),
		scheduledTime: isoTime(stored.scheduledTime),
		locationType: oneOf(stored.locationType, LOCATION_TYPES),
		area: text(stored.area),
		location: text(stored.location),
		massageFor: oneOf(stored.massageFor, MASSAGE_FOR),
		customerName: text(stored.customerName),
		customerWhatsApp: text(stored.customerWhatsApp),
		note: text(stored.note),
	};
}

/** An attempt without a whole key and order can't be sent; the details it was made of stay in the fields. */
function attemptFrom(stored: unknown, therapistId: string): SubmitAttempt | null {
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
