import { useEffect, useRef } from "preact/hooks";
import { type TextKey, t } from "../../i18n";
import type { BookingPart } from "../../state/bookingValidity";
import { type ChatWindow, closeWindow, reopen } from "../../state/windows";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/Place";
import { problemText } from "../status/problemText";
import { listed } from "../words";

const PARTS: Record<BookingPart, TextKey> = {
	bookingId: "broken.part.id",
	customerId: "broken.part.customer",
	therapistId: "broken.part.therapist",
	customerName: "broken.part.customer",
	therapistName: "broken.part.therapist",
	status: "broken.part.status",
	price: "broken.part.price",
	servicePrice: "broken.part.price",
	travelFee: "broken.part.price",
	currency: "broken.part.price",
	duration: "broken.part.duration",
	serviceName: "broken.part.service",
	locationType: "broken.part.location",
	area: "broken.part.location",
	location: "broken.part.location",
	massageFor: "broken.part.for",
	scheduledTime: "broken.part.time",
	endTime: "broken.part.time",
	timezone: "broken.part.time",
	conversationId: "broken.part.chat",
	expiresAt: "broken.part.deadline",
};

/** Instead of a broken chat: what is wrong with its booking, and the ways on (R7). */
export function ClosedStep({ window }: { window: ChatWindow }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => box.current?.focus(), []);
	const { id, closedBecause } = window;
	const actions = (
		<>
			<Button look="primary" icon="refresh" onClick={() => reopen(id)}>
				{t("broken.reload")}
			</Button>
			<Button onClick={() => closeWindow(id)}>{t("app.close")}</Button>
		</>
	);
	const isGone = closedBecause?.why === "refused";
	return (
		<div class="window-scroll" tabIndex={-1} ref={box}>
			<ErrorState
				icon={isGone ? "search" : "lock"}
				level={3}
				title={t(isGone ? "chat.missing" : "broken.title")}
				actions={actions}
			>
				{closedBecause?.why === "broken_booking" && (
					<>
						<p>{t("broken.text")}</p>
						<p class="small">{t("broken.missing", { parts: partsOf(closedBecause.faults) })}</p>
					</>
				)}
				{closedBecause?.why === "refused" && (
					<p>
						{closedBecause.problem.code === "not_found"
							? t("chat.missingText")
							: problemText(closedBecause.problem)}
					</p>
				)}
			</ErrorState>
		</div>
	);
}

function partsOf(faults: readonly { field: BookingPart }[]): string {
	return listed([...new Set(faults.map(({ field }) => t(PARTS[field])))]);
}
