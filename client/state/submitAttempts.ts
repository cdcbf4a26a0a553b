import { type ReadonlySignal, signal } from "@preact/signals";
import type { SubmitAttempt } from "../storage/attempts";
import {
	emptyFields,
	isFormOnDevice,
	readForm,
	type StoredForm,
	writeForm,
} from "../storage/bookingForms";
import { NOBODY_YET, type Owner, therapistsWithForm } from "../storage/keys";
import { timing } from "./engine";
import { copyOrders } from "./orderCopies";
import { owner } from "./session";

const known = signal<ReadonlyMap<string, SubmitAttempt>>(new Map());

/** The orders on their way, by therapist. */
export const attempts: ReadonlySignal<ReadonlyMap<string, SubmitAttempt>> = known;

/** The order on its way to this therapist; read from the device, because another tab may have pressed Send. */
export function readAttempt(therapistId: string): SubmitAttempt | null {
	const attempt = stored(therapistId)?.attempt ?? null;
	remember(therapistId, attempt);
	return attempt;
}

/** Whether the stored details are those of a booking that was made of them and not decided against since. */
export function isStillSent(therapistId: string): boolean {
	return (stored(therapistId)?.bookingId ?? null) !== null;
}

/** Kept before anything is sent, so that a tab that dies while sending does not book twice later. */
export function writeAttempt(therapistId: string, attempt: SubmitAttempt | null): void {
	updateForm(therapistId, { attempt });
	remember(therapistId, attempt);
	copyOrders();
}

/** Whether the order on its way to this therapist will survive a reload. */
export function isAttemptOnDevice(therapistId: string): boolean {
	const whose = owner.peek();
	return whose !== null && isFormOnDevice(therapistId, whose);
}

/** What is being changed is not sent behind the person's back; its key stays, because it may have arrived. */
export function holdAttempt(therapistId: string): void {
	if (!known.peek().get(therapistId)?.isWaiting) return;
	const attempt = readAttempt(therapistId);
	if (attempt) writeAttempt(therapistId, { ...attempt, isWaiting: false });
}

/** The therapists to whom an order of the person on this device is waiting to be sent. */
export function waitingAttempts(): string[] {
	const whose = owner.peek();
	if (whose === null) return [];
	return therapistsWithForm(whose).filter((therapistId) => readAttempt(therapistId)?.isWaiting);
}

/** The therapists to whom an order of the person waits on this device, pressed in whichever tab. Read only. */
export const ordersOnDevice = (): string[] => waitingOf(owner.value);

/** How many orders were made before anybody was known and are nobody's yet. */
export const ownerlessOrders = (): number => waitingOf(NOBODY_YET).length;

function waitingOf(whose: Owner | null): string[] {
	if (whose === null) return [];
	return therapistsWithForm(whose).filter((id) => readForm(id, whose)?.attempt?.isWaiting);
}

/** Forgets what belongs to another person; the device keeps it. */
export function forgetAttempts(): void {
	known.value = new Map();
}

/** Changes parts of what is stored. The rest is read again first: another tab may have written it meanwhile. */
export function updateForm(
	therapistId: string,
	change: Partial<StoredForm>,
	whose = owner.peek(),
): boolean {
	if (whose === null) return false;
	const before = readForm(therapistId, whose) ?? {
		fields: emptyFields,
		savedAt: timing.now(),
		attempt: null,
		bookingId: null,
	};
	return writeForm(therapistId, whose, { ...before, ...change });
}

function stored(therapistId: string): StoredForm | null {
	const whose = owner.peek();
	return whose === null ? null : readForm(therapistId, whose);
}

function remember(therapistId: string, attempt: SubmitAttempt | null): void {
	if (!attempt && !known.peek().has(therapistId)) return;
	const next = new Map(known.peek());
	if (attempt) next.set(therapistId, attempt);
	else next.delete(therapistId);
	known.value = next;
}
