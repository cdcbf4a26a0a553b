import { t } from "../../i18n";
import { pending } from "../../state/bookings";
import { user } from "../../state/session";
import type { Booking } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { LinkButton } from "../../ui/Button";
import { placeTime } from "../words";

/** Tells a therapist on any other page that somebody waits for an answer; the soonest deadline first. */
export function RequestBanner() {
	const [first] = pending.value;
	if (user.value?.role !== "therapist" || !first) return null;
	return (
		<Banner
			tone="info"
			icon="bell"
			live="polite"
			title={t("desk.requestFrom", { name: first.customerName })}
			actions={
				<LinkButton look="primary" href="/therapist">
					{t("desk.look", { count: pending.value.length })}
				</LinkButton>
			}
		>
			{t("desk.answerBy", { time: deadlineOf(first) })}
		</Banner>
	);
}

function deadlineOf({ expiresAt, scheduledTime, timezone }: Booking): string {
	return placeTime(expiresAt ?? scheduledTime, timezone);
}
