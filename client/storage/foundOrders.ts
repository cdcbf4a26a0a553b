/** Writing down again what localStorage lost when the browser was killed. */
import { emptyFields } from "./draftFields";
import { emptyContent, readDraft, writeDraft } from "./draftFile";
import { guestKeyKey } from "./keys";
import { readText, writeJson } from "./local";
import type { WaitingOrder } from "./outboxDatabase";
import type { Owner } from "./owner";

/** The order as the person pressed Send for it, with the details it was made of. */
export function writeFound(owner: Owner, { therapistId, attempt, guest }: WaitingOrder): void {
	if (guest && readText(guestKeyKey) === null) {
		const { guestKey, displayName } = guest;
		writeJson(guestKeyKey, { guestKey, displayName });
	}
	const { order, pressedAt } = attempt;
	const { expectedPrice: _, therapistId: __, note, scheduledTime, ...details } = order;
	const when = scheduledTime ? "later" : "asap";
	const fields = {
		...emptyFields,
		...details,
		note: note ?? "",
		scheduledTime: scheduledTime ?? null,
		when,
	} as const;
	const before = readDraft(therapistId, owner) ?? emptyContent;
	writeDraft(therapistId, owner, { ...before, fields, attempt }, pressedAt);
}
