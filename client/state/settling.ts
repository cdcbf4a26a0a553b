/** R28: what becomes of a form whose order became a booking, once it is decided. */
import type { Booking } from "../net/types";
import { readForm } from "../storage/bookingForms";
import { clearForm, markSent } from "./bookingForm";
import { onFacts } from "./facts";
import { owner } from "./session";

function settle(booking: Booking): void {
	const whose = owner.peek();
	if (whose === null || readForm(booking.therapistId, whose)?.bookingId !== booking.bookingId)
		return;
	const isDone =
		booking.status === "user_confirmed" || booking.cancelReason === "customer_cancelled";
	if (isDone) clearForm(booking.therapistId);
	// Declined, expired, or the therapist can't come: the details stay for another try.
	else if (booking.status === "cancelled") markSent(booking.therapistId, null);
}

onFacts((next, before) => {
	if (next.bookings === before.bookings) return;
	for (const [id, booking] of next.bookings) {
		if (before.bookings.get(id) !== booking) settle(booking);
	}
});
