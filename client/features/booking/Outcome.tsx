import { t } from "../../i18n";
import type { Booking } from "../../state/types";
import { Button } from "../../ui/Button";

interface OutcomeProps {
	booking: Booking;
	onChangeTime?: () => void;
	onOther?: () => void;
	onDismiss?: () => void;
}

const KEPT_AFTER = new Set(["declined", "answer_expired", "confirm_expired"]);

/** After a refusal or an expiry the details are kept: what can be done with them. */
export function Outcome({ booking, onChangeTime, onOther, onDismiss }: OutcomeProps) {
	if (booking.status !== "cancelled" || !KEPT_AFTER.has(booking.cancelReason ?? "")) return null;
	if (!onChangeTime || !onOther || !onDismiss) return null;
	return (
		<div class="outcome">
			<p class="summary-note">{t("booking.kept")}</p>
			<Button look="primary" icon="search" onClick={onOther}>
				{t("booking.other")}
			</Button>
			<div class="summary-actions">
				<Button icon="clock" onClick={onChangeTime}>
					{t("booking.changeTime")}
				</Button>
				<Button onClick={onDismiss}>{t("booking.dismiss")}</Button>
			</div>
		</div>
	);
}
