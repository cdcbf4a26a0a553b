import type { Booking } from "../net/types";
import {
	type BookingFields,
	type DraftField,
	emptyFields,
	fieldsFrom,
	personalFields,
} from "./draftFields";
import type { DraftChange } from "./draftParts";

/**
 * What the last booking gives to a form (R9, R26): name, number and address to anybody's; service, place and for whom
 * only to the same therapist's; a time or a price never. What was filled in already stays.
 */
export function prefillFrom(last: Booking, therapistId: string, now: BookingFields): DraftChange {
	// Where the provider receives is nobody's own address.
	const isAway = last.locationType === "place";
	const known = fieldsFrom({
		...last,
		area: isAway ? "" : last.area,
		location: isAway ? "" : (last.address ?? last.location),
		scheduledTime: null,
		when: null,
	});
	const { serviceId, locationType, massageFor, note } = known;
	const same = { serviceId, locationType, massageFor, note };
	const offered = {
		...personalFields(known),
		...(last.therapistId === therapistId && same),
	};
	const isOpen = (field: DraftField) => now[field] === emptyFields[field];
	return Object.fromEntries(
		(Object.keys(offered) as DraftField[])
			.filter((field) => isOpen(field) && known[field] !== emptyFields[field])
			.map((field) => [field, known[field]]),
	);
}
