import { t } from "../../i18n";
import type { Booking } from "../../state/types";
import { openChat } from "../../state/windows";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { BookingActions } from "../booking/BookingActions";
import { BookingClock } from "../booking/BookingClock";
import { BookingFacts } from "../booking/BookingFacts";
import { bookingWords } from "../booking/bookingWords";
import { preloadBooking } from "../booking/parts";
import { money } from "../words";

/** A session that was accepted: waiting for the customer's word, or fixed. */
export function SessionCard({ booking }: { booking: Booking }) {
	const { bookingId, customerName: name, status, conversationId } = booking;
	const { icon, title, note } = bookingWords(booking, "therapist");
	const titleId = `session-${bookingId}`;
	return (
		<li>
			<article class="card session-card" aria-labelledby={titleId}>
				<div class="session-head">
					<h3 id={titleId}>
						<bdi>{name}</bdi>
					</h3>
					<Badge tone={status === "user_confirmed" ? "good" : "accent"} icon={icon}>
						{title}
					</Badge>
				</div>
				{note && <p class="muted small">{note}</p>}
				<BookingClock booking={booking} inWords />
				<BookingFacts booking={booking} />
				<p class="session-price">
					<span class="muted">{t("review.total")}</span>
					<strong class="numeric">{money(booking.price, booking.currency)}</strong>
				</p>
				<BookingActions booking={booking} viewer="therapist">
					<Button
						look="plain"
						icon="chat"
						aria-label={t("chat.title", { name })}
						onPointerDown={preloadBooking}
						onClick={() => openChat(conversationId)}
					>
						{t("bookings.openChat")}
					</Button>
				</BookingActions>
			</article>
		</li>
	);
}
