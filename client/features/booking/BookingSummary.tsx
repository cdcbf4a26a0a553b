import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Booking, MemberRole } from "../../state/types";
import { Button } from "../../ui/Button";
import { Dotted } from "../../ui/Dotted";
import { Icon } from "../../ui/Icon";
import { dayAndTime, minutes, money, zoneName } from "../words";
import "./booking.css";
import { BookingActions } from "./BookingActions";
import { BookingClock } from "./BookingClock";
import { BookingFacts } from "./BookingFacts";
import { bookingWords } from "./bookingWords";
import { Outcome } from "./Outcome";
import { PriceParts } from "./PriceParts";

interface BookingSummaryProps {
	booking: Booking;
	viewer: MemberRole;
	/** The therapist may write, whether or not she has accepted this very booking. */
	isUnlocked: boolean;
	/** What a customer can do after a refusal; without it the outcome is only told. */
	onChangeTime?: () => void;
	onOther?: () => void;
	onDismiss?: () => void;
}

/** The booking above its chat: where it stands, what is to be done, and its details on demand. */
export function BookingSummary({ booking, viewer, isUnlocked, ...outcome }: BookingSummaryProps) {
	const [isOpen, setOpen] = useState(false);
	const { tone, icon, title, note } = bookingWords(booking, viewer, isUnlocked);
	const { scheduledTime, timezone, duration, price, currency } = booking;
	const when = `${dayAndTime(scheduledTime, timezone)} ${zoneName(timezone, scheduledTime)}`;
	return (
		<section class="summary" aria-label={t("booking.details")}>
			<div class={`summary-state summary-${tone}`} role="status">
				<Icon name={icon} size={22} />
				<div class="summary-words">
					<p class="summary-title">{title}</p>
					{note && <p class="summary-note">{note}</p>}
				</div>
			</div>
			<BookingClock booking={booking} inWords />
			<p class="summary-line">
				<Dotted>
					{when}
					{minutes(duration)}
					{money(price, currency)}
				</Dotted>
			</p>
			{isOpen && (
				<div class="stack">
					<BookingFacts booking={booking} />
					<PriceParts {...booking} />
				</div>
			)}
			<BookingActions booking={booking} viewer={viewer}>
				<Button look="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
					{t(isOpen ? "booking.detailsHide" : "booking.details")}
				</Button>
			</BookingActions>
			{viewer === "customer" && <Outcome booking={booking} {...outcome} />}
		</section>
	);
}
