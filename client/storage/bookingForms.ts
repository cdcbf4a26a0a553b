import type { Booking } from "../net/types";
import { attemptFrom, LOCATION_TYPES, MASSAGE_FOR, type SubmitAttempt } from "./attempts";
import { type Fields, isFields, isoTime, oneOf, stamp, text, textOrNull } from "./decode";
import { formKey, type Owner } from "./keys";
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
