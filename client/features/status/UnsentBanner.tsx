import { t } from "../../i18n";
import { therapistById } from "../../state/directory";
import { orderedProvider, retryNow, type UnsentBooking, unsent } from "../../state/submit";
import { openBookingWindow } from "../../state/windows";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { waitingTitle } from "./waitingTitle";

/** Bookings that were sent off but are not at the server: each with a way to try now and a way to look. */
export function UnsentBanner() {
	if (unsent.value.length === 0) return null;
	return (
		<div class="stack">
			{unsent.value.map((entry) => (
				<Unsent key={entry.order.therapistId} entry={entry} />
			))}
		</div>
	);
}

function Unsent({ entry }: { entry: UnsentBooking }) {
	const { therapistId } = entry.order;
	const provider = therapistById(therapistId).value.value ?? orderedProvider(therapistId);
	const name = provider?.displayName;
	const isAsking = entry.phase === "asking";
	const isKept = isAsking || entry.isKept;
	const title = waitingTitle(isKept);
	const text = t(isKept ? "waiting.savedText" : "waiting.unsavedText");
	return (
		<Banner
			tone="warn"
			icon={isKept ? "saved" : "alert"}
			live="polite"
			title={
				<>
					{name && (
						<>
							<bdi>{name}</bdi>:{" "}
						</>
					)}
					{title}
				</>
			}
			actions={
				<>
					{!isAsking && <Button onClick={() => retryNow(therapistId)}>{t("waiting.retry")}</Button>}
					<Button
						look={isAsking ? "primary" : "quiet"}
						onClick={() => openBookingWindow(therapistId)}
					>
						{t("waiting.open")}
					</Button>
				</>
			}
		>
			{isAsking ? t("waiting.asks") : text}
		</Banner>
	);
}
