/** What was filled in before anybody was known, and whose it becomes. */
import { isSameOrder } from "./attempts";
import { readForm, removeForm, type StoredForm, writeForm } from "./bookingForms";
import { NOBODY_YET, type Owner, therapistsWithForm } from "./keys";

/**
 * Hands every form that nobody owns yet over to the guest who has just become known. What the guest ordered in
 * another tab is the same order, or has been booked meanwhile: it stays.
 */
export function moveFormsToGuest(guest: Owner): void {
	for (const therapistId of therapistsWithForm(NOBODY_YET)) {
		const form = readForm(therapistId, NOBODY_YET);
		const theirs = readForm(therapistId, guest);
		const isNewOrder =
			form?.attempt?.isWaiting &&
			!theirs?.attempt?.isWaiting &&
			!(theirs?.attempt && isSameOrder(theirs.attempt.order, form.attempt.order));
		if (form && (isNewOrder || !theirs)) moveForm(therapistId, guest, form);
		else removeForm(therapistId, NOBODY_YET);
	}
}

/**
 * Hands the orders that nobody owns yet over to the person who signed in, to be asked about before they are sent.
 * An order goes before a draft; where both have an order to the same therapist, each stays where it is.
 */
export function moveOrdersToAccount(account: Owner): void {
	for (const therapistId of therapistsWithForm(NOBODY_YET)) {
		const form = readForm(therapistId, NOBODY_YET);
		if (!form?.attempt?.isWaiting || readForm(therapistId, account)?.attempt?.isWaiting) continue;
		const attempt = { ...form.attempt, asksFirst: true };
		moveForm(therapistId, account, { ...form, attempt });
	}
}

/** Written before the old one goes; on a full device once more after, when there is room for it. */
function moveForm(therapistId: string, to: Owner, form: StoredForm): void {
	const isKept = writeForm(therapistId, to, form);
	removeForm(therapistId, NOBODY_YET);
	if (!isKept) writeForm(therapistId, to, form);
}
