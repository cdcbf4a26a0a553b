/** A copy of each order on its way in the device's database: when no page is open, the worker sends it from there. */
import type { SubmitAttempt } from "../storage/attempts";
import { readDraft } from "../storage/draftFile";
import { NOBODY_YET, type Owner, therapistsWithForm } from "../storage/keys";
import type { WaitingOrder } from "../storage/outboxDatabase";
import { hasDatabase, withOutbox } from "./device";
import { guestToCopy } from "./guestSecret";
import { owner } from "./session";

/** What the worker did with an order: how often it sent it, and whether it became a booking. */
export interface WorkersPart {
	tries: number;
	isBooked: boolean;
}

/** When a person left without being asked, no guest is made in their place behind anybody's back. */
let hadPerson = false;
let isDue = false;

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
		const lists = [...new Set([NOBODY_YET, whose])].map((of) => [of, waitingOf(of)] as const);
		void withOutbox(async ({ replaceOrders }) => {
			for (const [of, orders] of lists) await replaceOrders(of, orders);
		});
	});
}

/** What may be sent without asking. */
function waitingOf(whose: Owner): WaitingOrder[] {
	if (whose === NOBODY_YET && hadPerson) return [];
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

owner.subscribe((whose) => {
	hadPerson ||= whose !== null && whose !== NOBODY_YET;
	copyOrders();
});
