import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { cancel, confirm, unsettled } from "../../state/bookings";
import type { Booking, MemberRole, Result } from "../../state/types";
import { Button } from "../../ui/Button";
import { ConfirmPanel } from "../../ui/ConfirmPanel";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import "./booking.css";
import { otherName } from "./bookingWords";

interface BookingActionsProps {
	booking: Booking;
	viewer: MemberRole;
	/** Further buttons of the same row. */
	children?: ComponentChildren;
}

type Step = "idle" | "asking" | "confirming" | "cancelling";

/** Success shows where the booking's state stands; only a refusal needs words of its own. */
function tellRefusal(result: Result<Booking>): void {
	if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
}

function canCancel({ status, completed }: Booking, viewer: MemberRole): boolean {
	if (status === "cancelled" || completed) return false;
	return viewer === "customer" || status !== "pending";
}

/** Confirm and cancel, as far as this person may do either now. */
export function BookingActions({ booking, viewer, children }: BookingActionsProps) {
	const [step, setStep] = useState<Step>("idle");
	const awaitsMe = viewer === "customer" && booking.status === "therapist_accepted";
	const run = async (doing: Step, action: Promise<Result<Booking>>) => {
		setStep(doing);
		tellRefusal(await action);
		setStep("idle");
	};
	if (!awaitsMe && !canCancel(booking, viewer) && !children) return null;
	if (step === "asking" || step === "cancelling") {
		return (
			<ConfirmPanel
				title={t(viewer === "customer" ? "booking.cancelAsk" : "desk.cancelAsk")}
				text={t("booking.cancelAskText", { name: otherName(booking, viewer) })}
				yes={t("booking.cancelYes")}
				no={t("booking.cancelNo")}
				busy={step === "cancelling"}
				onYes={() => void run("cancelling", cancel(booking.bookingId))}
				onNo={() => setStep("idle")}
			/>
		);
	}
	return (
		<>
			{unsettled.value.get(booking.bookingId)?.isOverdue && (
				<p class="small muted" role="status">
					{t("problem.unanswered")}
				</p>
			)}
			<div class="summary-actions">
				{awaitsMe && (
					<Button
						look="primary"
						icon="check"
						busy={step === "confirming"}
						onClick={() => void run("confirming", confirm(booking.bookingId))}
					>
						{t("booking.confirm")}
					</Button>
				)}
				{children}
				{canCancel(booking, viewer) && (
					<Button look="warn" onClick={() => setStep("asking")}>
						{t(viewer === "customer" ? "booking.cancel" : "desk.cancel")}
					</Button>
				)}
			</div>
		</>
	);
}
