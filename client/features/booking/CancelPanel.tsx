import { useEffect, useId, useState } from "preact/hooks";
import { t } from "../../i18n";
import { cancel, type Uncancelled } from "../../state/bookings";
import { cleaned, isTurned, isUnprintable } from "../../state/freeText";
import type { Booking, MemberRole, Problem } from "../../state/types";
import { ConfirmPanel } from "../../ui/ConfirmPanel";
import { TextArea } from "../../ui/Field";
import { warningBelow } from "../contact/ContactWarning";
import { isPasted } from "../contact/useContactWatch";
import { useTextCheck } from "../contact/useTextCheck";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { faultText } from "../words";
import { otherName } from "./bookingWords";

/** Longest reason in characters, as the server counts them. */
const REASON_LENGTH = 300;
const BLOCKED = "contact_blocked";
/** After these there is nothing left to ask: it has changed meanwhile, or is asked for again by itself. */
const ENDS: ReadonlySet<string> = new Set(["booking_state", "unanswered"]);

interface CancelPanelProps {
	booking: Booking;
	viewer: MemberRole;
	/** What was refused when the panel was gone already. */
	refused?: Uncancelled | undefined;
	onDone: () => void;
}

/** The question before a booking is cancelled, with room for a word to the other person. */
export function CancelPanel({ booking, viewer, refused: earlier, onDone }: CancelPanelProps) {
	const id = useId();
	const [reason, setReason] = useState(earlier?.reason ?? "");
	const [isBusy, setIsBusy] = useState(false);
	/** What the server found in a reason, beside contact details. */
	const [refused, setRefused] = useState({
		reason,
		code: earlier ? foundIn(earlier.problem) : "",
	});
	const check = useTextCheck("reason", booking.conversationId, reason);
	const fault = faultOf(reason) ?? (refused.reason === reason ? refused.code : "");
	useEffect(() => {
		if (earlier?.problem.code === BLOCKED) check.refused(earlier.problem);
	}, []);
	// What is wrong stands beside the field, which may be out of sight.
	const sayWhy = () => document.getElementById(id)?.focus();
	const onYes = async () => {
		if (fault || !check.passes()) {
			sayWhy();
			return;
		}
		setIsBusy(true);
		const result = await cancel(booking.bookingId, reason.trim() || undefined);
		setIsBusy(false);
		if (result.ok || ENDS.has(result.error.code)) {
			if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
			onDone();
			return;
		}
		const { error } = result;
		const found = foundIn(error);
		if (error.code === BLOCKED) check.refused(error);
		else if (found) setRefused({ reason, code: found });
		else notify({ text: problemText(error), icon: "alert" });
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
				error={fault ? faultText("reason", fault) : undefined}
				below={warningBelow({ id, place: "chat", ...check })}
				onValue={(text, event) => {
					setReason(text);
					if (isPasted(event)) check.pasted(text);
				}}
			/>
		</ConfirmPanel>
	);
}

/** What the server found in the reason beside contact details: a field error's code, or nothing. */
const foundIn = ({ code, errors }: Problem): string =>
	(code !== BLOCKED && errors.find(({ field }) => field === "reason")?.code) || "";

/** What is wrong with the reason before anybody asks what it says: a field error's code. */
function faultOf(reason: string): string | undefined {
	const text = cleaned(reason);
	if ([...text].length > REASON_LENGTH) return "too_long";
	if (isUnprintable(text, true)) return "invalid_characters";
	return isTurned(text) ? "invalid_direction" : undefined;
}
