import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { confirm, unsettled } from "../../state/bookings";
import type { Booking, MemberRole } from "../../state/types";
import { Button } from "../../ui/Button";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import "./booking.css";
import { CancelPanel } from "./CancelPanel";
import { NotCancelled } from "./NotCancelled";

interface BookingActionsProps {
	booking: Booking;
	viewer: MemberRole;
	/** Further buttons of the same row. */
	children?: ComponentChildren;
}

function canCancel({ status, completed }: Booking, viewer: MemberRole): boolean {
	if (status === "cancelled" || completed) return false;
	return viewer === "customer" || status !== "pending";
}

/** Confirm and cancel, as far as this person may do either now. */
export function BookingActions({ booking, viewer, children }: BookingActionsProps) {
	const [isAsking, setIsAsking] = useState(false);
	const [isConfirming, setIsConfirming] = useState(false);
	const awaitsMe = viewer === "customer" && booking.status === "therapist_accepted";
	const sayYes = async () => {
		setIsConfirming(true);
		const result = await confirm(booking.bookingId);
		// Success shows where the booking's state stands; only a refusal needs words of its own.
		if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
		setIsConfirming(false);
	};
	if (!awaitsMe && !canCancel(booking, viewer) && !children) return null;
	if (isAsking) {
		return <CancelPanel booking={booking} viewer={viewer} onDone={() => setIsAsking(false)} />;
	}
	return (
		<>
			<NotCancelled booking={booking} viewer={viewer} />
			{unsettled.value.get(booking.bookingId)?.isOverdue && (
				<p class="small muted" role="status">
					{t("problem.unanswered")}
				</p>
			)}
			<div class="summary-actions">
				{awaitsMe && (
					<Button look="primary" icon="check" busy={isConfirming} onClick={() => void sayYes()}>
						{t("booking.confirm")}
					</Button>
				)}
				{children}
				{canCancel(booking, viewer) && (
					<Button look="warn" onClick={() => setIsAsking(true)}>
						{t(viewer === "customer" ? "booking.cancel" : "desk.cancel")}
					</Button>
				)}
			</div>
		</>
	);
}
