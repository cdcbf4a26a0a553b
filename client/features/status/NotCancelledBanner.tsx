import { bookings, uncancelled } from "../../state/bookings";
import { user } from "../../state/session";
import { windows } from "../../state/windows";
import { NotCancelled } from "../booking/NotCancelled";

/** The bookings that stand because the reason of their cancellation was refused; an open window says it itself. */
export function NotCancelledBanner() {
	const viewer = user.value?.role === "therapist" ? "therapist" : "customer";
	const seen = new Set(
		windows.value
			.filter(({ step, isMinimised }) => step === "chat" && !isMinimised)
			.map(({ bookingId }) => bookingId),
	);
	const shown = [...uncancelled.value.keys()].filter((id) => !seen.has(id));
	return (
		<>
			{shown.map((id) => {
				const booking = bookings.value.get(id);
				return booking && <NotCancelled key={id} booking={booking} viewer={viewer} />;
			})}
		</>
	);
}
