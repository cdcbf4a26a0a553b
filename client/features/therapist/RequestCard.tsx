import { t } from "../../i18n";
import { accept, decline, type Unsettled, unsettled } from "../../state/bookings";
import { now } from "../../state/clock";
import { acknowledge, notifications } from "../../state/notifications";
import type { Booking } from "../../state/types";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { useFocusInAndBack } from "../../ui/useFocusInAndBack";
import { BookingClock } from "../booking/BookingClock";
import { BookingFacts } from "../booking/BookingFacts";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { money } from "../words";
import { declineSoon, declining, undoDecline } from "./declining";

function acknowledgeAll(bookingId: string): void {
	for (const notification of notifications.peek()) {
		if (notification.bookingId === bookingId) void acknowledge(notification.id);
	}
}

async function sendDecline(booking: Booking): Promise<void> {
	const result = await decline(booking.bookingId);
	notify(
		result.ok
			? { text: t("desk.declined"), icon: "check" }
			: { text: problemText(result.error), icon: "alert" },
	);
}

/** A customer's request with everything needed to decide, and both answers one tap away. */
export function RequestCard({ booking }: { booking: Booking }) {
	const { bookingId, customerName: name } = booking;
	const waiting = declining.value.get(bookingId);
	const isNew = notifications.value.some((notice) => notice.bookingId === bookingId);
	const titleId = `request-${bookingId}`;
	return (
		<li>
			<article class={isNew ? "request request-new" : "request"} aria-labelledby={titleId}>
				<h3 id={titleId}>{name}</h3>
				<BookingClock booking={booking} inWords />
				<BookingFacts booking={booking} />
				<p class="session-price">
					<span class="muted">{t("review.total")}</span>
					<strong class="numeric">{money(booking.price, booking.currency)}</strong>
				</p>
				{waiting ? (
					<Undo name={name} bookingId={bookingId} sendsAt={waiting.sendsAt} />
				) : (
					<Answers booking={booking} isNew={isNew} />
				)}
			</article>
		</li>
	);
}

function Answers({ booking, isNew }: { booking: Booking; isNew: boolean }) {
	const { bookingId, customerName: name } = booking;
	const asked = unsettled.value.get(bookingId);
	const busy = asked?.isOverdue === false;
	const take = async () => {
		acknowledgeAll(bookingId);
		const result = await accept(bookingId);
		notify(
			result.ok
				? { text: t("desk.accepted", { name }), icon: "available" }
				: { text: problemText(result.error), icon: "alert" },
		);
	};
	const refuse = () => {
		acknowledgeAll(bookingId);
		declineSoon(bookingId, () => sendDecline(booking));
	};
	return (
		<>
			<div class="request-actions">
				<Button
					look="quiet"
					icon="close"
					aria-label={t("desk.declineNamed", { name })}
					unavailable={busy}
					onClick={refuse}
				>
					{t("desk.decline")}
				</Button>
				<Button
					look="primary"
					icon="check"
					aria-label={t("desk.acceptNamed", { name })}
					busy={busy && asked?.action === "accept"}
					unavailable={busy}
					onClick={() => void take()}
				>
					{t("desk.accept")}
				</Button>
			</div>
			{asked && <Asked asked={asked} />}
			{isNew && (
				<Button look="plain" icon="bell" onClick={() => acknowledgeAll(bookingId)}>
					{t("desk.seen")}
				</Button>
			)}
		</>
	);
}

/** What was tapped and is not answered: on its way, or perhaps there already. */
function Asked({ asked: { action, isOverdue } }: { asked: Unsettled }) {
	const sending = action === "accept" ? "desk.acceptSending" : "desk.declineSending";
	return (
		<p class="row small muted" role="status">
			<Icon name="clock" />
			{t(isOverdue ? "desk.unanswered" : sending)}
		</p>
	);
}

interface UndoProps {
	name: string;
	bookingId: string;
	/** In milliseconds of `performance.now()`. */
	sendsAt: number;
}

function Undo({ name, bookingId, sendsAt }: UndoProps) {
	const box = useFocusInAndBack<HTMLDivElement>();
	// Read for its tick only: the five seconds are not those of any clock on a wall.
	void now.value;
	const seconds = Math.max(1, Math.ceil((sendsAt - performance.now()) / 1000));
	const undo = () => {
		if (undoDecline(bookingId)) notify({ text: t("desk.undone", { name }), icon: "undo" });
	};
	return (
		<div class="request-undo" tabIndex={-1} ref={box}>
			<span aria-hidden="true">{t("desk.declining", { name, seconds })}</span>
			<span class="visually-hidden" role="status">
				{t("desk.decliningSaid", { name })}
			</span>
			<Button icon="undo" onClick={undo}>
				{t("desk.undo")}
			</Button>
		</div>
	);
}
