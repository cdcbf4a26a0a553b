/** What was filled in before anybody was known, and whose it becomes. */
import { isSameOrder } from "./attempts";
import {
	type DraftContent,
	readDraft,
	removeDraft,
	type StoredDraft,
	writeDraft,
} from "./draftFile";
import { NOBODY_YET, type Owner, recoveredKey, recoveryKey, therapistsWithForm } from "./keys";
import { readText } from "./local";

interface Person {
	id: Owner;
	isGuest: boolean;
}

/** Not the guest who was made for what was ordered here: an account, or a guest of another phone. */
export const isFromElsewhere = ({ id, isGuest }: Person): boolean =>
	!isGuest || readText(recoveredKey) === id || readText(recoveryKey) !== null;

/** Hands what nobody owned yet to the person who is known now, or leaves it to them to decide. */
export const handOver = (person: Person): void =>
	isFromElsewhere(person) ? moveOrdersToAccount(person.id) : moveFormsToGuest(person.id);

/**
 * Hands every form that nobody owns yet over to the guest who has just become known. What the guest ordered in
 * another tab is the same order, or has been booked meanwhile: it stays.
 */
function moveFormsToGuest(guest: Owner): void {
	for (const therapistId of therapistsWithForm(NOBODY_YET)) {
		const form = readDraft(therapistId, NOBODY_YET);
		const theirs = readDraft(therapistId, guest);
		const isNewOrder =
			form?.attempt?.isWaiting &&
			!theirs?.attempt?.isWaiting &&
			!(theirs?.attempt && isSameOrder(theirs.attempt.order, form.attempt.order));
		if (form && (isNewOrder || !theirs)) moveForm(therapistId, guest, form);
		else removeDraft(therapistId, NOBODY_YET);
	}
}

/**
 * Hands the orders that nobody owns yet over to the person who came, to be asked about before they are sent.
 * An order goes before a draft; where both have an order to the same therapist, each stays where it is.
 */
function moveOrdersToAccount(account: Owner): void {
	for (const therapistId of therapistsWithForm(NOBODY_YET)) {
		const form = readDraft(therapistId, NOBODY_YET);
		if (!form?.attempt?.isWaiting || readDraft(therapistId, account)?.attempt?.isWaiting) continue;
		moveForm(therapistId, account, form, { attempt: { ...form.attempt, asksFirst: true } });
	}
}

/** Written before the old one goes; on a full device once more after, when there is room for it. */
function moveForm(
	therapistId: string,
	to: Owner,
	form: StoredDraft,
	change: Partial<DraftContent> = {},
): void {
	const content = { ...form, ...change };
	const { isKept } = writeDraft(therapistId, to, content, form.lastModified);
	removeDraft(therapistId, NOBODY_YET);
	if (!isKept) writeDraft(therapistId, to, content, form.lastModified);
}
