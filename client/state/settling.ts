/** R28: what becomes of a form whose order became a booking, once it is decided. */
import type { Booking } from "../net/types";
import { facts } from "./facts";
import { dropDraft, markSent, storedDraft } from "./submitAttempts";

function settle(booking: Booking): void {
	if (storedDraft(booking.therapistId)?.bookingId !== booking.bookingId) return;
	const isDone =
		booking.status === "user_confirmed" || booking.cancelReason === "customer_cancelled";
	if (isDone) dropDraft(booking.therapistId);
	// Declined, expired, or the therapist can't come: the details stay for another try.
	else if (booking.status === "cancelled") markSent(booking.therapistId, null);
}

/** None at first: what was decided before this part of the app came is to be settled too. */
let settled: ReadonlyMap<string, Booking> = new Map();

facts.subscribe(({ bookings }) => {
	const before = settled;
	settled = bookings;
	for (const [id, booking] of bookings) if (before.get(id) !== booking) settle(booking);
});
