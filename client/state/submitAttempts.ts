import { type ReadonlySignal, signal } from "@preact/signals";
import type { OrderedFrom, SubmitAttempt } from "../storage/attempts";
import {
	type DraftContent,
	emptyContent,
	isDraftOnDevice,
	readDraft,
	removeDraft,
	type StoredDraft,
	writeDraft,
} from "../storage/draftFile";
import { NOBODY_YET, type Owner, therapistsWithForm } from "../storage/keys";
import { hasDatabase } from "./device";
import { timing } from "./engine";
import { copyOrders } from "./orderCopies";
import { owner } from "./session";

const onWrite = new Set<(therapistId: string) => void>();
const known = signal<ReadonlyMap<string, SubmitAttempt>>(new Map());

/** The orders on their way, by therapist. */
export const attempts: ReadonlySignal<ReadonlyMap<string, SubmitAttempt>> = known;

/** The order on its way to this therapist; read from the device, because another tab may have pressed Send. */
export function readAttempt(therapistId: string): SubmitAttempt | null {
	const attempt = storedDraft(therapistId)?.attempt ?? null;
	remember(therapistId, attempt);
	return attempt;
}

/** Of whom was ordered, as the order on its way has it; read it in a component and it follows. */
export const orderedProvider = (therapistId: string): OrderedFrom | undefined =>
	known.value.get(therapistId)?.provider;

/** Whether the stored details are those of a booking that was made of them and not decided against since. */
export function isStillSent(therapistId: string): boolean {
	return (storedDraft(therapistId)?.bookingId ?? null) !== null;
}

/** Kept before anything is sent, so that a tab that dies while sending does not book twice later. */
export function writeAttempt(therapistId: string, attempt: SubmitAttempt | null): void {
	updateDraft(therapistId, { attempt });
	remember(therapistId, attempt);
	copyOrders();
}

/** Whether the order on its way to this therapist will survive a reload. */
export function isAttemptOnDevice(therapistId: string): boolean {
	const whose = owner.peek();
	return whose !== null && isDraftOnDevice(therapistId, whose);
}

/** What is being changed is not sent behind the person's back; its key stays, because it may have arrived. */
export function holdAttempt(therapistId: string): void {
	const attempt = readAttempt(therapistId);
	if (attempt?.isWaiting) writeAttempt(therapistId, { ...attempt, isWaiting: false });
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
	return therapistsWithForm(whose).filter((id) => readDraft(id, whose)?.attempt?.isWaiting);
}

// What belongs to another person is forgotten; the device keeps it.
owner.subscribe(() => {
	known.value = new Map();
});

/** Calls `act` when something of a draft was written or removed here, beside what is typed into it. */
export function whenDraftWritten(act: (therapistId: string) => void): void {
	onWrite.add(act);
}

/** Notes which booking was made of the draft, or (null) that its details are free for another try. */
export function markSent(therapistId: string, bookingId: string | null): void {
	updateDraft(therapistId, { bookingId });
}

/** The booking that was made of the draft needs its details no more. */
export function dropDraft(therapistId: string): void {
	const whose = owner.peek();
	if (whose === null) return;
	removeDraft(therapistId, whose);
	if (hasDatabase) void forgetCopy(therapistId, whose);
	remember(therapistId, null);
	tell(therapistId);
}

/** Also where nothing of the form is loaded, and so nobody looks after the copy. */
async function forgetCopy(therapistId: string, whose: Owner): Promise<void> {
	try {
		await (await import("../storage/draftDatabase")).deleteDrafts(whose, [therapistId]);
	} catch {
		// It is known to be a booking: what is left of it is settled again at the next start.
	}
}

/** What is stored for this therapist, of the person on this device; null while nobody is known. */
export function storedDraft(therapistId: string): StoredDraft | null {
	const whose = owner.peek();
	return whose === null ? null : readDraft(therapistId, whose);
}

/** Changes parts of what is stored. The rest is read again first: another tab may have written it meanwhile. */
function updateDraft(therapistId: string, change: Partial<DraftContent>): void {
	const whose = owner.peek();
	if (whose === null) return;
	const before = readDraft(therapistId, whose) ?? emptyContent;
	writeDraft(therapistId, whose, { ...before, ...change }, timing.now());
	tell(therapistId);
}

function tell(therapistId: string): void {
	for (const act of onWrite) act(therapistId);
}

function remember(therapistId: string, attempt: SubmitAttempt | null): void {
	if (!attempt && !known.peek().has(therapistId)) return;
	const next = new Map(known.peek());
	if (attempt) next.set(therapistId, attempt);
	else next.delete(therapistId);
	known.value = next;
}
