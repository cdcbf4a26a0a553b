import type { Booking, BookingRequest } from "../net/types";
import { formKey, type Owner, therapistsWithForm } from "./keys";
import { readJson, removeKey, writeJson } from "./local";

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

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const oneOf = <Choice extends string>(value: unknown, choices: readonly Choice[]) =>
	choices.find((choice) => choice === value) ?? null;
const text = (value: unknown) => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown) => (typeof value === "string" ? value : null);

/** The stored form, or null. What is damaged in it is left out, the rest is kept. */
export function readForm(therapistId: string, owner: Owner): StoredForm | null {
	const stored = readJson(formKey(therapistId, owner), isFields);
	if (!stored || !isFields(stored.fields)) return null;
	return {
		fields: fieldsFrom(stored.fields),
		savedAt: typeof stored.savedAt === "number" ? stored.savedAt : 0,
		attempt: isAttempt(stored.attempt) ? stored.attempt : null,
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

/** Hands every form of `from` over to `to`: the guest who has just become known. */
export function moveForms(from: Owner, to: Owner): void {
	for (const therapistId of therapistsWithForm(from)) {
		const form = readForm(therapistId, from);
		if (form && !readForm(therapistId, to)) writeForm(therapistId, to, form);
		removeForm(therapistId, from);
	}
}

function fieldsFrom(stored: Fields): BookingFields {
	return {
		serviceId: textOrNull(stored.serviceId),
		when: oneOf(stored.when, ["asap", "later"]),
		scheduledTime: textOrNull(stored.scheduledTime),
		locationType: oneOf(stored.locationType, ["home", "hotel", "villa", "place"]),
		area: text(stored.area),
		location: text(stored.location),
		massageFor: oneOf(stored.massageFor, ["female", "male", "couple", "child"]),
		customerName: text(stored.customerName),
		customerWhatsApp: text(stored.customerWhatsApp),
		note: text(stored.note),
	};
}

function isAttempt(value: unknown): value is SubmitAttempt {
	return (
		isFields(value) &&
		typeof value.key === "string" &&
		typeof value.pressedAt === "number" &&
		typeof value.isWaiting === "boolean" &&
		typeof value.unanswered === "number" &&
		typeof value.isBooked === "boolean" &&
		isFields(value.order) &&
		Array.isArray(value.earlier) &&
		value.earlier.every(isFields)
	);
}
