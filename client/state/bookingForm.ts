import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type BookingFields, emptyFields, readForm, removeForm } from "../storage/bookingForms";
import type { Owner } from "../storage/keys";
import { timing } from "./engine";
import { whenSaving } from "./saving";
import { owner } from "./session";
import { forgetAttempts, holdAttempt, updateForm } from "./submitAttempts";

export type { BookingFields } from "../storage/bookingForms";
export interface BookingForm {
	fields: BookingFields;
	/** When it was last written on the device (ms); null while nothing was filled in. */
	savedAt: number | null;
	/** False when the device refuses to keep it: it will not survive a reload. */
	isKept: boolean;
	/** The booking that was made of these details; null while they were not sent, or are free for another try. */
	bookingId: string | null;
}

const SAVE_AFTER_TYPING = 1_000;
const emptyForm: BookingForm = {
	fields: emptyFields,
	savedAt: null,
	isKept: true,
	bookingId: null,
};

interface OpenForm {
	form: Signal<BookingForm>;
	/** Cancels the save that is due; null when all is saved. */
	cancelSave: (() => void) | null;
	/** What was filled in before it was known whose device this is. */
	early: Partial<BookingFields>;
}

const open = new Map<string, OpenForm>();
let openFor: Owner | null = null;

/** The form for one therapist, of the person who is using the device now. */
export function bookingForm(therapistId: string): ReadonlySignal<BookingForm> {
	return opened(therapistId).form;
}

/** A choice (service, time, place, who for): on the device at once. */
export function chooseInForm(therapistId: string, change: Partial<BookingFields>): void {
	edit(therapistId, change);
	save(therapistId);
}

/** Typing (name, number, address, note): on the device one second after the last key, or when the page is left. */
export function typeInForm(therapistId: string, change: Partial<BookingFields>): void {
	const entry = edit(therapistId, change);
	entry.cancelSave?.();
	entry.cancelSave = timing.after(SAVE_AFTER_TYPING, () => save(therapistId));
}

/** Empties the form, on the screen and on the device. */
export function clearForm(therapistId: string): void {
	const entry = opened(therapistId);
	cancel(entry);
	entry.form.value = emptyForm;
	if (openFor !== null) removeForm(therapistId, openFor);
	holdAttempt(therapistId);
}

/** Notes which booking was made of the form, or (null) that its details are free for another try. */
export function markSent(therapistId: string, bookingId: string | null): void {
	const entry = opened(therapistId);
	entry.form.value = { ...entry.form.peek(), bookingId };
	save(therapistId);
}

/** Writes what is due now: before sending, and when the page is left. */
export function saveForms(): void {
	for (const [therapistId, { cancelSave }] of open) if (cancelSave) save(therapistId);
}

function opened(therapistId: string): OpenForm {
	const known = open.get(therapistId);
	if (known) return known;
	const made: OpenForm = { form: signal(restored(therapistId)), cancelSave: null, early: {} };
	open.set(therapistId, made);
	return made;
}

function restored(therapistId: string): BookingForm {
	const stored = openFor === null ? null : readForm(therapistId, openFor);
	if (!stored) return emptyForm;
	const { fields, savedAt, bookingId } = stored;
	return { fields, savedAt, bookingId, isKept: true };
}

function edit(therapistId: string, change: Partial<BookingFields>): OpenForm {
	const entry = opened(therapistId);
	const before = entry.form.peek();
	entry.form.value = { ...before, fields: { ...before.fields, ...change }, bookingId: null };
	if (openFor === null) entry.early = { ...entry.early, ...change };
	holdAttempt(therapistId);
	return entry;
}

function save(therapistId: string): void {
	const entry = opened(therapistId);
	cancel(entry);
	const { fields, bookingId } = entry.form.peek();
	const savedAt = timing.now();
	const isKept = updateForm(therapistId, { fields, bookingId, savedAt });
	entry.form.value = { ...entry.form.peek(), savedAt, isKept };
}

function cancel(entry: OpenForm): void {
	entry.cancelSave?.();
	entry.cancelSave = null;
}

// Another person at the device: what the first one filled in leaves the screen, and stays stored under its owner.
owner.subscribe((next) => {
	if (next === openFor) return;
	for (const [therapistId, { form, cancelSave }] of open) {
		const { fields, bookingId } = form.peek();
		if (cancelSave) updateForm(therapistId, { fields, bookingId }, openFor);
	}
	openFor = next;
	forgetAttempts();
	for (const [therapistId, entry] of open) {
		cancel(entry);
		entry.form.value = restored(therapistId);
		const early = entry.early;
		entry.early = {};
		if (Object.keys(early).length > 0) chooseInForm(therapistId, early);
	}
});

whenSaving(saveForms);
addEventListener("pagehide", saveForms);
document.addEventListener("visibilitychange", () => document.hidden && saveForms());
