/** What is being typed into booking forms, for those who must not bring the code of the forms with them. */
import { type BookingFields, emptyFields } from "../storage/draftFields";
import { storedDraft } from "./submitAttempts";

interface Forms {
	fields(therapistId: string): BookingFields;
	/** Whether all of it would survive a reload. */
	isKept(): boolean;
}

let forms: Forms | null = null;

/** The forms are here from now on. */
export function provideForms(provided: Forms): void {
	forms = provided;
}

/** What is filled in for this therapist, typed just now or kept on the device. */
export const fieldsFor = (therapistId: string): BookingFields =>
	forms?.fields(therapistId) ?? storedDraft(therapistId)?.fields ?? emptyFields;

/** Whether the device has everything that was typed. */
export const isTypedKept = (): boolean => forms?.isKept() ?? true;
