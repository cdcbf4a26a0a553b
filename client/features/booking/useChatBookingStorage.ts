import { useEffect, useMemo } from "preact/hooks";
import {
	type BookingFields,
	bookingForm,
	type Draft,
	type DraftField,
	drafts,
} from "../../state/bookingForm";
import { exchangeDraft, syncing } from "../../state/draftSyncing";
import { owner } from "../../state/session";

/** The draft of one therapist's booking, as a component needs it. */
export interface ChatBookingStorage {
	/** Null while `sessionId` is not the person at this device: another one's draft is never shown. */
	draft: Draft | null;
	/** A save is due, or the device refused the last one. */
	isSaving: boolean;
	/** It is being exchanged with the person's other devices. */
	isSyncing: boolean;
	/** Something would be lost if the page went away now. */
	hasUnsavedChanges: boolean;
	/** Device time, ms; null while nothing was saved. */
	lastSaved: number | null;
	actions: DraftActions;
}

type DraftActions = ReturnType<typeof actionsOf>;

/** `sessionId` is the id of the person whose draft it is to be: `owner` of state/session. */
export function useChatBookingStorage(
	therapistId: string,
	sessionId: string | null,
): ChatBookingStorage {
	const isOurs = owner.value === sessionId;
	const shown = useMemo(() => bookingForm(therapistId), [therapistId]).value;
	const actions = useMemo(() => actionsOf(therapistId), [therapistId]);
	useEffect(() => {
		if (sessionId !== null) exchangeDraft(therapistId);
	}, [therapistId, sessionId]);
	return {
		draft: isOurs ? shown : null,
		isSaving: isOurs && shown.isUnsaved,
		isSyncing: isOurs && syncing.value.has(therapistId),
		hasUnsavedChanges: isOurs && (shown.isUnsaved || !shown.isKept),
		lastSaved: isOurs ? shown.savedAt : null,
		actions,
	};
}

/** The functions of the store, for this therapist. */
const actionsOf = (id: string) => ({
	saveDraft: (change: Partial<BookingFields>) => drafts.saveDraft(id, change),
	saveDraftImmediately: (change: Partial<BookingFields> = {}) =>
		drafts.saveDraftImmediately(id, change),
	loadDraft: () => drafts.loadDraft(id),
	updateField: <Field extends DraftField>(field: Field, value: BookingFields[Field]) =>
		drafts.updateField(id, field, value),
	clearDraft: () => drafts.clearDraft(id),
	continueDraft: () => drafts.continueDraft(id),
	leaveField: () => drafts.leaveField(id),
	answer: (field: DraftField, takeTheirs: boolean) => drafts.answer(id, field, takeTheirs),
	prepareBooking: (service: { serviceId: string; duration: number }) =>
		drafts.prepareBooking(id, service),
	cancelBooking: () => drafts.cancelBooking(id),
	confirmBooking: (price: number) => drafts.confirmBooking(id, price),
	validateDraft: () => drafts.validateDraft(id),
	getValidationErrors: () => drafts.getValidationErrors(id),
	addMessage: drafts.addMessage,
	resetChatWindow: (preserveBooking = true) => drafts.resetChatWindow(id, preserveBooking),
	saveScrollPosition: (top: number) => drafts.saveScrollPosition(id, top),
	fetchAndPrefillFromBackend: () => drafts.fetchAndPrefillFromBackend(id),
	getHealthStatus: () => drafts.getHealthStatus(id),
});
