import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { cancel, keepBooking, uncancelled } from "../../state/bookings";
import type { Booking, MemberRole } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { otherName } from "./bookingWords";
import { CancelPanel } from "./CancelPanel";

interface NotCancelledProps {
	booking: Booking;
	viewer: MemberRole;
}

/** Tells that a cancellation was refused for its reason after the question had gone, with the ways on from there. */
export function NotCancelled({ booking, viewer }: NotCancelledProps) {
	const [isAsking, setIsAsking] = useState(false);
	const [isBusy, setIsBusy] = useState(false);
	const { bookingId, status } = booking;
	const refused = uncancelled.value.get(bookingId);
	if (!refused || status === "cancelled") return null;
	const keep = () => keepBooking(bookingId);
	if (isAsking) {
		return <CancelPanel booking={booking} viewer={viewer} refused={refused} onDone={keep} />;
	}
	const cancelWithout = async () => {
		setIsBusy(true);
		const result = await cancel(bookingId);
		setIsBusy(false);
		if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
	};
	return (
		<Banner
			tone="warn"
			live="polite"
			title={t("booking.notCancelled")}
			actions={
				<>
					<Button look="warn" busy={isBusy} onClick={() => void cancelWithout()}>
						{t("booking.cancelWithout")}
					</Button>
					<Button unavailable={isBusy} onClick={() => setIsAsking(true)}>
						{t("booking.changeReason")}
					</Button>
					<Button look="plain" unavailable={isBusy} onClick={keep}>
						{t("booking.cancelNo")}
					</Button>
				</>
			}
		>
			{t("booking.notCancelledText", { name: otherName(booking, viewer) })}
			<br />
			<q dir="auto">{refused.reason}</q>
		</Banner>
	);
}
