import { countdown, t } from "../../i18n";
import { now } from "../../state/clock";
import type { Booking } from "../../state/types";
import { Countdown, CountdownLine } from "../../ui/Countdown";
import { type CountdownStage, secondsUntil } from "../../ui/countdownStage";
import { placeTime } from "../words";
import "./booking.css";

/** Seconds left and allowed; null where no deadline runs. */
function timesOf(booking: Booking) {
	if (!booking.expiresAt) return null;
	const deadline = Date.parse(booking.expiresAt);
	const began = booking.status === "pending" ? booking.createdAt : booking.acceptedAt;
	const totalSeconds = Math.round((deadline - Date.parse(began ?? booking.createdAt)) / 1000);
	// The server's clock is known to a second or so: nobody is told of more time than there ever was.
	const secondsLeft = Math.min(totalSeconds, secondsUntil(deadline, now.value));
	return { totalSeconds, secondsLeft };
}

interface BookingClockProps {
	booking: Booking;
	/** Adds until when, and a line that empties. */
	inWords?: boolean;
}

/** The time left to answer or to confirm, by the server's clock. Nothing where no deadline runs. */
export function BookingClock({ booking, inWords }: BookingClockProps) {
	const times = timesOf(booking);
	if (!times || !booking.expiresAt) return null;
	const time = placeTime(booking.expiresAt, booking.timezone);
	const left = countdown(times.secondsLeft * 1000);
	const clock = (
		<Countdown
			{...times}
			label={t("booking.timer")}
			text={inWords ? t("booking.left", { left, time }) : left}
			announce={milestone}
		/>
	);
	if (!inWords) return clock;
	return (
		<div class="clock">
			{clock}
			<CountdownLine {...times} />
		</div>
	);
}

function milestone(stage: CountdownStage, secondsLeft: number): string {
	if (stage === "over") return t("booking.milestone.over");
	const left = countdown(secondsLeft * 1000);
	return t(stage === "last" ? "booking.milestone.last" : "booking.milestone.half", { left });
}
