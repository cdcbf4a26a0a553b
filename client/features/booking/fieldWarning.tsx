import { appealOf } from "../../state/appeals";
import { ContactWarning, warningId } from "../contact/ContactWarning";
import type { FormControls } from "./useBookingForm";
import type { GuardedField } from "./useFormContact";

/** What stands below a field about contact details in it; undefined where there is nothing to say. */
export function fieldWarning({ contact, fields, idOf }: FormControls, field: GuardedField) {
	const appealed = contact.appealedOf(field);
	const warning = contact.warningOf(field);
	const isAllowed = appealOf(appealed)?.status === "allowed";
	if (!warning && !isAllowed) return undefined;
	const id = idOf(field);
	const guestName = contact.isBlocked("customerName") ? "" : fields.customerName.trim();
	return {
		id: warningId(id),
		isWrong: !isAllowed,
		content: (
			<ContactWarning
				id={id}
				warning={warning}
				appealed={appealed}
				place="form"
				guestName={guestName}
			/>
		),
	};
}
