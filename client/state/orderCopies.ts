/**
 * A copy of each order on its way in the device's database: when no page is open, the worker sends it from there; and
 * a browser that is killed writes localStorage down some seconds late, so that the copy may be all that is left.
 */
import type { SubmitAttempt } from "../storage/attempts";
import { readDraft } from "../storage/draftFile";
import { handOver } from "../storage/handOver";
import { NOBODY_YET, type Owner, therapistsWithForm } from "../storage/keys";
import type { WaitingOrder } from "../storage/outboxDatabase";
import { hasDatabase, withOutbox } from "./device";
import { guestToCopy } from "./guestSecret";
import { hasSeenAnybody, owner, user } from "./session";

/** What the worker did with an order: how often it sent it, and whether it became a booking. */
export interface WorkersPart {
	tries: number;
	isBooked: boolean;
}

let isDue = false;
const takenUp = new Set<Owner>();
const onFound = new Set<() => void>();

export async function toldOfOrder(therapistId: string, key: string): Promise<WorkersPart> {
	const whose = owner.peek() ?? NOBODY_YET;
	const told = await withOutbox(({ readOrders }) => readOrders(whose));
	const order = told?.find(
		({ attempt, ...known }) => known.therapistId === therapistId && attempt.key === key,
	);
	return { tries: order?.tries ?? 0, isBooked: order?.isBooked ?? false };
}

/** Copies what waits: once for all that is written in this turn, since localStorage has it meanwhile. */
export function copyOrders(): void {
	if (isDue || !hasDatabase || owner.peek() === null) return;
	isDue = true;
	queueMicrotask(() => {
		isDue = false;
		const whose = owner.peek() ?? NOBODY_YET;
		void withOutbox(async (database) => {
			for (const of of new Set([whose, NOBODY_YET])) {
				if (!takenUp.has(of)) await takeUp(of, (await database.readOrders(of)) ?? []);
				await database.replaceOrders(of, waitingOf(of));
			}
		});
	});
}

/** Calls `act` when an order was found of which only the copy was left. */
export function whenOrderFound(act: () => void): void {
	onFound.add(act);
}

/** Once for each owner in the life of a page: before anything here can have replaced the copies. */
async function takeUp(whose: Owner, copies: readonly WaitingOrder[]): Promise<void> {
	takenUp.add(whose);
	const lost = copies.filter(({ therapistId, attempt }) => isLost(whose, therapistId, attempt));
	if (lost.length === 0) return;
	const { writeFound } = await import("../storage/foundOrders");
	for (const order of lost) writeFound(whose, order);
	// Meanwhile it may have become known who the guest is.
	const person = user.peek();
	if (person) handOver(person);
	for (const act of onFound) act();
}

/** What was decided since, or ordered since, is the newer word. */
function isLost(whose: Owner, therapistId: string, { key }: SubmitAttempt): boolean {
	const isKnown = (of: Owner) => readDraft(therapistId, of)?.attempt?.key === key;
	const hasOther = readDraft(therapistId, whose)?.attempt != null;
	return !hasOther && !isKnown(owner.peek() ?? NOBODY_YET);
}

/** What may be sent without asking. */
function waitingOf(whose: Owner): WaitingOrder[] {
	// When a person left without being asked, no guest is made in their place behind anybody's back.
	if (whose === NOBODY_YET && hasSeenAnybody()) return [];
	return therapistsWithForm(whose).flatMap((therapistId) => {
		const attempt = readDraft(therapistId, whose)?.attempt;
		return attempt && isReady(attempt) ? [copyOf(whose, therapistId, attempt)] : [];
	});
}

const isReady = ({ isWaiting, asksFirst, isBooked }: SubmitAttempt) =>
	isWaiting && !asksFirst && !isBooked;

function copyOf(whose: Owner, therapistId: string, attempt: SubmitAttempt): WaitingOrder {
	const guest = whose === NOBODY_YET ? guestToCopy(attempt.order.customerName) : null;
	return { therapistId, attempt, guest, tries: 0, isBooked: false };
}

owner.subscribe(copyOrders);
