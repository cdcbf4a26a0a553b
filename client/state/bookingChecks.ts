import type { PriceQuote, Therapist } from "../net/types";
import type { BookingFields } from "../storage/draftFields";
import { isUnprintable, isVisible } from "./freeText";

export type FieldName =
	| "serviceId"
	| "scheduledTime"
	| "locationType"
	| "area"
	| "location"
	| "massageFor"
	| "customerName"
	| "customerWhatsApp"
	| "note";

/** The server's codes, docs/protocol.md. */
export type FieldCode =
	| "required"
	| "too_long"
	| "invalid"
	| "invalid_phone"
	| "invalid_characters"
	| "in_past"
	| "too_far"
	| "no_own_place"
	| "unknown";

export interface FieldFault {
	field: FieldName;
	code: FieldCode;
}

/** What the checks need beyond the fields: the server's time (ms), and the therapist where she is known. */
export interface CheckContext {
	now: number;
	therapist: Therapist | null;
}

/** Longest texts in characters, as the server counts them. */
export const LONGEST = { customerName: 80, area: 80, location: 300, note: 500 } as const;
const FURTHEST_AHEAD = 180 * 24 * 60 * 60 * 1000;
/** In the order in which a person fills them in, and hears of their faults. */
const FIELDS: readonly FieldName[] = [
	"serviceId",
	"scheduledTime",
	"locationType",
	"area",
	"location",
	"massageFor",
	"customerName",
	"customerWhatsApp",
	"note",
];
export const isFieldName = (name: string): name is FieldName =>
	FIELDS.some((field) => field === name);

/** Texts that may have several lines. */
const LINES: ReadonlySet<FieldName> = new Set(["location", "note"]);

/** What is wrong with one field, or null. Never stricter than the server, whose word is final. */
export function checkField(
	field: FieldName,
	fields: BookingFields,
	context: CheckContext,
): FieldCode | null {
	switch (field) {
		case "serviceId":
			return checkService(fields.serviceId, context.therapist);
		case "scheduledTime":
			return checkTime(fields, context.now);
		case "locationType":
			return checkPlace(fields, context.therapist);
		case "massageFor":
			return fields.massageFor === null ? "required" : null;
		case "customerName":
			return checkText(fields, field, true);
		case "area":
		case "location":
			// At the provider's own place no address is asked for, and none is sent.
			return fields.locationType === "place" ? null : checkText(fields, field, true);
		case "note":
			return checkText(fields, field, false);
		case "customerWhatsApp":
			return checkPhone(fields.customerWhatsApp);
	}
}

/** Everything that is wrong with the form, in the order of its fields. */
export function checkForm(fields: BookingFields, context: CheckContext): FieldFault[] {
	return FIELDS.flatMap((field) => {
		const code = checkField(field, fields, context);
		return code ? [{ field, code }] : [];
	});
}

/** The price that will be asked for what is chosen, in minor units; null while no service is. */
export function quote(
	therapist: Pick<Therapist, "services" | "travelFee">,
	fields: Pick<BookingFields, "serviceId" | "locationType">,
): PriceQuote | null {
	const service = therapist.services.find(({ id }) => id === fields.serviceId);
	if (!service) return null;
	const travelFee = fields.locationType === "place" ? 0 : therapist.travelFee;
	const { price: servicePrice, currency } = service;
	return { price: servicePrice + travelFee, servicePrice, travelFee, currency };
}

function checkService(serviceId: string | null, therapist: Therapist | null): FieldCode | null {
	if (serviceId === null) return "required";
	const isOffered = !therapist || therapist.services.some(({ id }) => id === serviceId);
	return isOffered ? null : "unknown";
}

/** Whether customers can come to the provider, as the server sees it. */
export const hasOwnPlace = ({ kind, address }: Pick<Therapist, "kind" | "address">): boolean =>
	kind === "place" || Boolean(address);

function checkPlace(
	{ locationType }: BookingFields,
	therapist: Therapist | null,
): FieldCode | null {
	if (locationType === null) return "required";
	const isNowhere = locationType === "place" && therapist !== null && !hasOwnPlace(therapist);
	return isNowhere ? "no_own_place" : null;
}

function checkTime({ when, scheduledTime }: BookingFields, now: number): FieldCode | null {
	if (when === "asap") return null;
	if (when === null || scheduledTime === null) return "required";
	const time = Date.parse(scheduledTime);
	if (Number.isNaN(time)) return "invalid";
	if (time <= now) return "in_past";
	return time > now + FURTHEST_AHEAD ? "too_far" : null;
}

function checkText(
	fields: BookingFields,
	field: keyof typeof LONGEST,
	isRequired: boolean,
): FieldCode | null {
	const text = fields[field].normalize("NFC").trim();
	if (text === "") return isRequired ? "required" : null;
	if ([...text].length > LONGEST[field]) return "too_long";
	if (isUnprintable(text, LINES.has(field))) return "invalid_characters";
	return isVisible(text) ? null : "required";
}

/** Any usual way of writing a number passes that has as many digits as a number can have; the server knows the rest. */
function checkPhone(typed: string): FieldCode | null {
	const number = typed.trim();
	if (number === "") return "required";
	const digits = number.replace(/\D/g, "").length;
	return digits >= 8 && digits <= 17 ? null : "invalid_phone";
}
