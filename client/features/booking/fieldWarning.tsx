import { warningBelow } from "../contact/ContactWarning";
import type { FormControls } from "./useBookingForm";
import type { GuardedField } from "./useFormContact";

/** What stands below a field about contact details in it; undefined where there is nothing to say. */
export function fieldWarning({ contact, fields, idOf }: FormControls, field: GuardedField) {
	return warningBelow({
		id: idOf(field),
		warning: contact.warningOf(field),
		appealed: contact.appealedOf(field),
		place: "form",
		guestName: contact.isBlocked("customerName") ? "" : fields.customerName.trim(),
	});
}
