/** R28: what becomes of a form whose order became a booking, once it is decided. */
import type { Booking } from "../net/types";
import { onFacts } from "./facts";
import { dropDraft, markSent, storedDraft } from "./submitAttempts";

function settle(booking: Booking): void {
	if (storedDraft(booking.therapistId)?.bookingId !== booking.bookingId) return;
	const isDone =
		booking.status === "user_confirmed" || booking.cancelReason === "customer_cancelled";
	if (isDone) dropDraft(booking.therapistId);
	// Declined, expired, or the therapist can't come: the details stay for another try.
	else if (booking.status === "cancelled") markSent(booking.therapistId, null);
}

onFacts((next, before) => {
	if (next.bookings === before.bookings) return;
	for (const [id, booking] of next.bookings) {
		if (before.bookings.get(id) !== booking) settle(booking);
	}
});
