import { attemptRepeatedly, SUBMIT_DELAYS } from "../net/attempts";
import { isFinal, type Problem, problem } from "../net/problem";
import type { Booking, Conversation } from "../net/types";
import { NOBODY_YET } from "../storage/keys";
import { checkForm, type FieldFault } from "./bookingChecks";
import { serverNow } from "./clock";
import { knownTherapist } from "./directory";
import { timing } from "./engine";
import { endRetries, keepOrder } from "./keptOrders";
import { attemptFor, orderOf, sendOrder } from "./order";
import { saveTyped } from "./saving";
import { owner } from "./session";
import { booked, showSubmission } from "./submissions";
import { isAttemptOnDevice } from "./submitAttempts";
import { fieldsFor } from "./typed";

export { discardUnsent, retryNow } from "./keptOrders";
export { type Submission, submission, type UnsentBooking, unsent, whenBooked } from "./submissions";
export { orderedProvider } from "./submitAttempts";

interface Effort {
	attempts: number;
	/** Milliseconds from pressing Send to the last answer. */
	duration: number;
}

/** What became of pressing Send. */
export type SubmitOutcome =
	/** `isEarlier`: an order sent before, with other details, had arrived after all; this is that booking. */
	| ({
			outcome: "booked";
			booking: Booking;
			conversation: Conversation;
			isEarlier: boolean;
	  } & Effort)
	/** Nothing was sent: these fields need another look. */
	| { outcome: "invalid"; faults: FieldFault[] }
	/** The server said no: nothing was booked. */
	| ({ outcome: "refused"; problem: Problem } & Effort)
	/** Nothing answered: it goes out by itself later. `isKept`: also after a reload, because it is on this device. */
	| ({ outcome: "kept"; problem: Problem; isKept: boolean } & Effort);

const underWay = new Map<string, Promise<SubmitOutcome>>();

/**
 * Sends the form. `expectedPrice` is the total the person was shown, in minor units. Pressing again while it is
 * under way gives the same outcome. Never throws.
 */
export function submitBooking(therapistId: string, expectedPrice: number): Promise<SubmitOutcome> {
	const earlier = underWay.get(therapistId);
	if (earlier) return earlier;
	const outcome = submit(therapistId, expectedPrice).finally(() => underWay.delete(therapistId));
	underWay.set(therapistId, outcome);
	return outcome;
}

async function submit(therapistId: string, expectedPrice: number): Promise<SubmitOutcome> {
	saveTyped();
	const fields = fieldsFor(therapistId);
	const context = { now: serverNow(), therapist: knownTherapist(therapistId) };
	const faults = checkForm(fields, context);
	if (faults.length > 0) return { outcome: "invalid", faults };
	endRetries(therapistId);
	const order = orderOf(therapistId, fields, expectedPrice);
	const pressed = attemptFor(therapistId, order);
	const isKept = isAttemptOnDevice(therapistId);
	const whose = owner.peek();
	const isOurs = () => whose === NOBODY_YET || whose === owner.peek();
	const { result, ...effort } = await attemptRepeatedly(timing, SUBMIT_DELAYS, (attempt) => {
		if (isOurs()) showSubmission(therapistId, { phase: "sending", attempt, isKept });
		return sendOrder(therapistId, pressed, whose);
	});
	// Another person is signed in by now: what the first one ordered is not theirs to see.
	if (!isOurs()) return { outcome: "refused", problem: problem("signed_out", 403), ...effort };
	if (result.ok) {
		booked(therapistId, result.value);
		return { outcome: "booked", ...result.value, ...effort };
	}
	const { error } = result;
	if (isFinal(error)) {
		showSubmission(therapistId, { phase: "asking", order, why: "refused", problem: error });
		return { outcome: "refused", problem: error, ...effort };
	}
	keepOrder(therapistId, order, error);
	return { outcome: "kept", problem: error, isKept: isAttemptOnDevice(therapistId), ...effort };
}
