/** What a booking form holds, and how it is read back from a device on which anybody may have changed it. */
import type { Booking } from "../net/types";
import { LOCATION_TYPES, MASSAGE_FOR } from "./attempts";
import { type Fields, isFields, isoTime, oneOf, text, textOrNull } from "./decode";

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

export type DraftField = keyof BookingFields;

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

export const DRAFT_FIELDS = Object.keys(emptyFields) as readonly DraftField[];

/** More than any person types into one field (characters); what is longer was put there by something else. */
export const LONGEST_TEXT = 20_000;

/** Whether anything was filled in or chosen. */
export const isFilledIn = (fields: BookingFields): boolean =>
	DRAFT_FIELDS.some((field) => fields[field] !== emptyFields[field]);

/** The fields that can be read, each by itself; what is damaged or of another type counts as not filled in. */
export function fieldsFrom(stored: unknown): BookingFields {
	const known: Fields = isFields(stored) ? stored : {};
	return {
		serviceId: short(textOrNull(known.serviceId)),
		when: oneOf(known.when, ["asap", "later"]),
		scheduledTime: inUtc(isoTime(known.scheduledTime)),
		locationType: oneOf(known.locationType, LOCATION_TYPES),
		area: typed(known.area),
		location: typed(known.location),
		massageFor: oneOf(known.massageFor, MASSAGE_FOR),
		customerName: typed(known.customerName),
		customerWhatsApp: typed(known.customerWhatsApp),
		note: typed(known.note),
	};
}

/** What name, number and address may be carried to another therapist's form (R26): never service, time or price. */
export function personalFields(fields: BookingFields): Partial<BookingFields> {
	const { customerName, customerWhatsApp, area, location } = fields;
	return { customerName, customerWhatsApp, area, location };
}

const typed = (value: unknown): string => {
	const written = text(value);
	return written.length <= LONGEST_TEXT ? written : "";
};

const short = (value: string | null): string | null =>
	value && value.length <= 200 ? value : null;

/** One way of writing each time, or two devices would differ about the same one. */
const inUtc = (time: string | null): string | null => time && new Date(time).toISOString();
