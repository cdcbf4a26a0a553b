import { useId, useState } from "preact/hooks";
import { t } from "../../i18n";
import { type Appealed, appealOf, spendPermission } from "../../state/appeals";
import { cancel } from "../../state/bookings";
import type { Booking, MemberRole } from "../../state/types";
import { ConfirmPanel } from "../../ui/ConfirmPanel";
import { TextArea } from "../../ui/Field";
import { ContactWarning, warningId } from "../contact/ContactWarning";
import { isPasted, useContactWatch } from "../contact/useContactWatch";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { faultText } from "../words";
import { otherName } from "./bookingWords";

/** Longest reason in characters, as the server counts them. */
const REASON_LENGTH = 300;

interface CancelPanelProps {
	booking: Booking;
	viewer: MemberRole;
	onDone: () => void;
}

/** The question before a booking is cancelled, with room for a word to the other person. */
export function CancelPanel({ booking, viewer, onDone }: CancelPanelProps) {
	const id = useId();
	const [reason, setReason] = useState("");
	const [isBusy, setIsBusy] = useState(false);
	const [presses, setPresses] = useState(0);
	const watch = useContactWatch(reason);
	const appealed: Appealed = {
		kind: "reason",
		text: reason,
		conversationId: booking.conversationId,
	};
	const isAllowed = appealOf(appealed)?.status === "allowed";
	const warning = watch.warning.value;
	const isTooLong = [...reason.trim()].length > REASON_LENGTH;
	const isShown = warning !== null || isAllowed;
	const sayWhy = () => {
		setPresses(presses + 1);
		// What is wrong stands beside the field, which may be out of sight.
		document.getElementById(id)?.focus();
	};
	const onYes = async () => {
		if (isTooLong || (!isAllowed && watch.look(reason))) {
			sayWhy();
			return;
		}
		setIsBusy(true);
		spendPermission(appealed);
		const result = await cancel(booking.bookingId, reason.trim() || undefined);
		setIsBusy(false);
		if (result.ok || result.error.code !== "contact_blocked") {
			if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
			onDone();
			return;
		}
		watch.refused(reason, result.error.reason, result.error.spans);
		sayWhy();
	};
	return (
		<ConfirmPanel
			title={t(viewer === "customer" ? "booking.cancelAsk" : "desk.cancelAsk")}
			text={t("booking.cancelAskText", { name: otherName(booking, viewer) })}
			yes={t("booking.cancelYes")}
			no={t("booking.cancelNo")}
			busy={isBusy}
			onYes={() => void onYes()}
			onNo={onDone}
		>
			<TextArea
				id={id}
				rows={2}
				label={t("booking.cancelReason")}
				optional={t("app.optional")}
				hint={t("booking.cancelReasonHint", { name: otherName(booking, viewer) })}
				value={reason}
				error={isTooLong ? faultText("reason", "too_long") : undefined}
				below={
					isShown
						? {
								id: warningId(id),
								isWrong: !isAllowed,
								content: (
									<ContactWarning
										id={id}
										warning={warning}
										appealed={appealed}
										place="chat"
										presses={presses}
									/>
								),
							}
						: undefined
				}
				onValue={(text, event) => {
					setReason(text);
					setPresses(0);
					if (isPasted(event)) watch.typed(text, true);
				}}
			/>
		</ConfirmPanel>
	);
}
