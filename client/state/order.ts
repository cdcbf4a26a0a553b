/** One order under one key: sending it, and finding out what became of it. */
import { randomId } from "../net/ids";
import { done, failed, isFinal, type Problem, problem, type Result } from "../net/problem";
import type { Booked, BookingRequest } from "../net/types";
import { isSameOrder, type OrderedFrom, type SubmitAttempt } from "../storage/attempts";
import type { BookingFields } from "../storage/draftFields";
import { isFromElsewhere } from "../storage/handOver";
import { NOBODY_YET, type Owner } from "../storage/keys";
import { orderLock } from "../storage/news";
import { type Appealed, spendPermission } from "./appeals";
import { knownTherapist } from "./directory";
import { api, timing } from "./engine";
import { ensureGuest } from "./guest";
import { withLock } from "./locks";
import { toldOfOrder } from "./orderCopies";
import { isStillSent, readAttempt, writeAttempt } from "./submitAttempts";

/** R3: each attempt, the guest included, has ten seconds. */
const ATTEMPT_LIMIT = 10_000;

/** The order as it is sent; the fields have passed `checkForm`. `expectedPrice` is the total shown, in minor units. */
export function orderOf(
	therapistId: string,
	fields: BookingFields,
	expectedPrice: number,
): BookingRequest {
	const note = fields.note.trim();
	// What was typed for another place stays in the form, for when the person changes back, and is nobody's business.
	const isAway = fields.locationType === "place";
	return {
		therapistId,
		serviceId: fields.serviceId ?? "",
		expectedPrice,
		customerName: fields.customerName.trim(),
		customerWhatsApp: fields.customerWhatsApp.trim(),
		locationType: fields.locationType ?? "home",
		area: isAway ? "" : fields.area.trim(),
		location: isAway ? "" : fields.location.trim(),
		massageFor: fields.massageFor ?? "female",
		scheduledTime: fields.when === "later" ? fields.scheduledTime : null,
		...(note && { note }),
	};
}

/**
 * The attempt that carries `order`. While it is not known what became of the one on the device, its key stays the
 * same whatever was changed, and what was sent under it before is remembered beside. When it became a booking, the
 * very same order asks after that booking (another tab may have sent it); any other order is a new attempt.
 */
export function attemptFor(therapistId: string, order: BookingRequest): SubmitAttempt {
	const stored = readAttempt(therapistId);
	const isOver =
		stored?.isBooked && !(isSameOrder(stored.order, order) && isStillSent(therapistId));
	const known = isOver ? null : stored;
	const before = known ? [...known.earlier, known.order] : [];
	const provider = orderedFrom(order) ?? known?.provider;
	const attempt: SubmitAttempt = {
		key: known?.key ?? randomId(),
		order,
		...(provider && { provider }),
		earlier: before.filter((sent) => !isSameOrder(sent, order)),
		pressedAt: timing.now(),
		isWaiting: true,
		asksFirst: false,
		unanswered: known?.unanswered ?? 0,
		isBooked: false,
	};
	writeAttempt(therapistId, attempt);
	return attempt;
}

/** Of the provider what shows the order when she cannot be asked for. */
function orderedFrom({ therapistId, serviceId }: BookingRequest): OrderedFrom | null {
	const therapist = knownTherapist(therapistId);
	const services = therapist?.services.filter(({ id }) => id === serviceId) ?? [];
	if (!therapist || services.length === 0) return null;
	const { id, displayName, timezone, travelFee } = therapist;
	return { id, displayName, timezone, travelFee, services };
}

export interface Sent extends Booked {
	/** True when it turned out that an earlier order, with other details, had arrived already. */
	isEarlier: boolean;
}

/**
 * Sends the newest order of `attempt` once, and keeps on the device what is known about it afterwards. `whose` is
 * who pressed Send: when another person is signed in by now, nothing is sent (`signed_out`); when nobody was known and
 * a person from elsewhere is here by now, they are to be asked first (`ordered_as_guest`).
 */
export async function sendOrder(
	therapistId: string,
	attempt: SubmitAttempt,
	whose: Owner | null,
): Promise<Result<Sent>> {
	const limit = new AbortController();
	const cancelLimit = timing.after(ATTEMPT_LIMIT, () => limit.abort());
	try {
		return await withLock(orderLock(therapistId), limit.signal, () =>
			sendUnderLock(therapistId, attempt, whose, limit.signal),
		);
	} finally {
		cancelLimit();
	}
}

async function sendUnderLock(
	therapistId: string,
	pressed: SubmitAttempt,
	whose: Owner | null,
	signal: AbortSignal,
): Promise<Result<Sent>> {
	const { order } = pressed;
	const guest = await ensureGuest(order.customerName, signal);
	if (!guest.ok) {
		if (isFinal(guest.error)) refused(therapistId, readAttempt(therapistId) ?? pressed);
		return failed(asTheFormHasIt(guest.error));
	}
	if (whose === NOBODY_YET && isFromElsewhere(guest.value)) return failed(orderedAsGuest());
	if (whose !== NOBODY_YET && whose !== guest.value.id) return failed(problem("signed_out", 403));
	// Another tab may have pressed Send too, and may have made the guest: then its key is the one that counts.
	const known = readAttempt(therapistId);
	const current = known?.key === pressed.key ? known : attemptFor(therapistId, order);
	// What the worker sent under it may still arrive.
	const { tries } = await toldOfOrder(therapistId, current.key);
	const attempt = { ...current, unanswered: Math.max(current.unanswered, tries) };
	writeAttempt(therapistId, { ...attempt, unanswered: attempt.unanswered + 1 });
	const answer = await api.book(order, attempt.key, signal);
	// The stored order may be one that another tab pressed Send for since.
	if (answer.ok) return settle(therapistId, { ...attempt, order }, answer.value, false);
	if (answer.error.code === "idempotency_key_reused") {
		return askForEarlier(therapistId, attempt, signal);
	}
	if (isFinal(answer.error)) refused(therapistId, attempt);
	return answer;
}

/** The name of a new guest is the name in the booking form. */
function asTheFormHasIt(refusal: Problem): Problem {
	const errors = refusal.errors.map((fault) =>
		fault.field === "displayName" ? { ...fault, field: "customerName" } : fault,
	);
	return { ...refusal, errors };
}

/** Why an order that was made before it was known who is here is not sent as that person by itself. */
export const orderedAsGuest = (): Problem => problem("ordered_as_guest", 403);

/** One of the earlier orders made a booking under this key: the server gives it to whoever repeats that order. */
async function askForEarlier(
	therapistId: string,
	attempt: SubmitAttempt,
	signal: AbortSignal,
): Promise<Result<Sent>> {
	for (const order of [...attempt.earlier, attempt.order]) {
		const answer = await api.book(order, attempt.key, signal);
		if (answer.ok) return settle(therapistId, { ...attempt, order }, answer.value, true);
		if (!isFinal(answer.error)) return answer;
	}
	// The key is spent on a booking that is in the person's list; it can never make another one.
	writeAttempt(therapistId, null);
	return failed(problem("idempotency_key_reused", 422));
}

function settle(
	therapistId: string,
	attempt: SubmitAttempt,
	booked: Booked,
	isEarlier: boolean,
): Result<Sent> {
	const over = { earlier: [], isWaiting: false, unanswered: 0, isBooked: true };
	writeAttempt(therapistId, { ...attempt, ...over });
	for (const written of textsOf(attempt.order)) spendPermission(written);
	return done({ ...booked, isEarlier });
}

/** The texts of an order that another person reads, as the form asks about them. */
function textsOf({ customerName, area, location, note }: BookingRequest): Appealed[] {
	const written: [Appealed["kind"], string | null | undefined][] = [
		["customerName", customerName],
		["location", area],
		["location", location],
		["note", note],
	];
	return written.map(([kind, text]) => ({ kind, text: text ?? "", conversationId: null }));
}

/** A refused order leaves the key only when no other send under it may still arrive. */
function refused(therapistId: string, attempt: SubmitAttempt): void {
	const isKnown = attempt.unanswered === 0;
	writeAttempt(therapistId, isKnown ? null : { ...attempt, isWaiting: false });
}
