/** The draft store of storage/drafts.ts, put together for this page, as signals for the screens. */
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BookingFields } from "../storage/draftFields";
import { createDrafts, type Draft, type DraftField, isTyped } from "../storage/drafts";
import { formKey } from "../storage/keys";
import { checkForm, type FieldFault } from "./bookingChecks";
import { serverNow } from "./clock";
import { knownTherapist } from "./directory";
import { api, timing } from "./engine";
import { withHistory } from "./lastKnown";
import { whenSaving } from "./saving";
import { owner } from "./session";
import { discardUnsent, type SubmitOutcome, submitBooking } from "./submit";
import { holdAttempt, whenDraftWritten } from "./submitAttempts";
import { provideForms } from "./typed";
import { resetWindow } from "./windowReset";

export { emptyFields, isFilledIn } from "../storage/draftFields";
export type { BookingFields, Draft, DraftField } from "../storage/drafts";

const faultsIn = (therapistId: string, fields: BookingFields): FieldFault[] =>
	checkForm(fields, { now: serverNow(), therapist: knownTherapist(therapistId) });

let onCleared: (therapistId: string) => void = () => {};

/** Calls `act` when a draft was cleared that the server may have. */
export function whenDraftCleared(act: typeof onCleared): void {
	onCleared = act;
}

/** R25 to R30. */
export const drafts = createDrafts<SubmitOutcome>({
	clock: timing,
	owner: () => owner.peek(),
	check: faultsIn,
	submit: submitBooking,
	discardOrder: discardUnsent,
	holdOrder: holdAttempt,
	lastBooking: () => api.lastBooking(),
	keepMessages: (whose, messages) =>
		withHistory(async ({ writeThread }) => {
			const [first] = messages;
			if (first) await writeThread(whose, first.conversationId, messages);
		}),
	resetWindow,
	cleared: (therapistId) => onCleared(therapistId),
});

const shown = new Map<string, Signal<Draft>>();

/** The draft for one therapist, of the person who is using the device now. */
export function bookingForm(therapistId: string): ReadonlySignal<Draft> {
	const known = shown.get(therapistId);
	if (known) return known;
	const made = signal(drafts.loadDraft(therapistId));
	shown.set(therapistId, made);
	return made;
}

drafts.subscribe((therapistId) => {
	const known = shown.get(therapistId);
	if (known) known.value = drafts.loadDraft(therapistId);
});

/** A choice (service, time, place, who for): on the device at once. */
export const chooseInForm = (therapistId: string, change: Partial<BookingFields>): void =>
	void drafts.saveDraftImmediately(therapistId, change);

/** Typing (name, number, address, note): on the device one second after the last key, or when the page is left. */
export const typeInForm = (therapistId: string, change: Partial<BookingFields>): void =>
	drafts.saveDraft(therapistId, change);

/** Whether all of it is typed, and so may be saved a little later. */
export const isTyping = (change: Partial<BookingFields>): boolean =>
	(Object.keys(change) as DraftField[]).every(isTyped);

/** Empties the form, on the screen and on the device. */
export const clearForm = (therapistId: string): void => drafts.clearDraft(therapistId);

owner.subscribe((next) => batch(() => drafts.changeOwner(next)));
whenDraftWritten(drafts.refresh);
whenSaving(drafts.saveAll);
provideForms({
	fields: (therapistId) => drafts.loadDraft(therapistId).fields,
	isKept: () =>
		drafts.openIds().every((id) => {
			const { isKept, isUnsaved } = drafts.loadDraft(id);
			return isKept && !isUnsaved;
		}),
});

addEventListener("pagehide", drafts.saveAll);
document.addEventListener("visibilitychange", () => document.hidden && drafts.saveAll());
// Another tab saved.
addEventListener("storage", ({ key }) => {
	const whose = owner.peek();
	if (whose === null) return;
	for (const id of drafts.openIds()) {
		if (key === null || key === formKey(id, whose)) drafts.refresh(id);
	}
});
