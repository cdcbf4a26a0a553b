import { t } from "../../i18n";
import type { Booking } from "../../state/types";
import { openChat } from "../../state/windows";
import { Badge, type Tone } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { BookingActions } from "../booking/BookingActions";
import { BookingClock } from "../booking/BookingClock";
import { bookedService } from "../booking/bookedService";
import { type BookingTone, bookingWords } from "../booking/bookingWords";
import { preloadBooking } from "../booking/parts";
import { startBooking } from "../booking/start";
import { dayAndTime, minutes, money, zoneName } from "../words";

const TONES: Record<BookingTone, Tone> = {
	wait: "accent",
	ask: "warn",
	good: "good",
	over: "plain",
};

/** One of the customer's bookings, with what can be done about it. */
export function BookingCard({ booking }: { booking: Booking }) {
	const { bookingId, therapistId, therapistName, scheduledTime, timezone } = booking;
	const { tone, icon, title } = bookingWords(booking, "customer");
	const titleId = `booking-${bookingId}`;
	const isOver = tone === "over";
	return (
		<li>
			<article class="card booking-card" aria-labelledby={titleId}>
				<div class="booking-card-head">
					<h3 id={titleId}>
						<bdi>{therapistName}</bdi>
					</h3>
					<span class="numeric">{money(booking.price, booking.currency)}</span>
				</div>
				<p class="muted small">
					{dayAndTime(scheduledTime, timezone)} {zoneName(timezone, scheduledTime)}
					<br />
					{bookedService(booking)}, {minutes(booking.duration)}
				</p>
				<div role="status">
					<Badge tone={TONES[tone]} icon={icon}>
						{title}
					</Badge>
				</div>
				<BookingClock booking={booking} inWords />
				{isOver ? (
					<div class="row">
						<Button icon="refresh" onClick={() => startBooking(therapistId, booking.serviceId)}>
							{t("booking.again")}
						</Button>
						<ChatButton booking={booking} />
					</div>
				) : (
					<BookingActions booking={booking} viewer="customer">
						<ChatButton booking={booking} />
					</BookingActions>
				)}
			</article>
		</li>
	);
}

function ChatButton({ booking }: { booking: Booking }) {
	return (
		<Button
			look="plain"
			icon="chat"
			aria-label={t("chat.title", { name: booking.therapistName })}
			onPointerDown={preloadBooking}
			onClick={() => openChat(booking.conversationId)}
		>
			{t("bookings.openChat")}
		</Button>
	);
}
