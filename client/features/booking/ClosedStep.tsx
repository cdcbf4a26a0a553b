import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { type TextKey, t } from "../../i18n";
import type { BookingPart } from "../../state/bookingValidity";
import { user } from "../../state/session";
import { type ChatWindow, closeWindow, reopen } from "../../state/windows";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/Place";
import { HOMES } from "../shell/home";
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
	const isGone = closedBecause?.why === "refused";
	const isUnknown = isGone && closedBecause.problem.code === "not_found";
	const actions = isUnknown ? (
		<ToOwnChats id={id} />
	) : (
		<>
			<Button look="primary" icon="refresh" onClick={() => reopen(id)}>
				{t("broken.reload")}
			</Button>
			<Button onClick={() => closeWindow(id)}>{t("app.close")}</Button>
		</>
	);
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
						{isUnknown
							? t(user.value?.role === "therapist" ? "chat.missingDesk" : "chat.missingText")
							: problemText(closedBecause.problem)}
					</p>
				)}
			</ErrorState>
		</div>
	);
}

/** From a chat that is not there to those that are. */
function ToOwnChats({ id }: { id: string }) {
	const { path, route } = useLocation();
	const home = HOMES[user.value?.role ?? "customer"].href;
	const go = () => {
		closeWindow(id);
		// A chat's own address leads there by itself when its window closes.
		if (!path.startsWith("/chat/")) route(home);
	};
	return (
		<Button look="primary" onClick={go}>
			{t("chat.toOwn")}
		</Button>
	);
}

function partsOf(faults: readonly { field: BookingPart }[]): string {
	return listed([...new Set(faults.map(({ field }) => t(PARTS[field])))]);
}
