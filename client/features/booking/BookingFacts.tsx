import { t } from "../../i18n";
import type { Booking } from "../../state/types";
import { Dotted } from "../../ui/Dotted";
import { Icon } from "../../ui/Icon";
import { deviceZone, isElsewhere, minutes, timeRange } from "../words";
import { bookedService } from "./bookedService";

/** What was booked, when and where; the viewer's own time is added only where it differs. */
export function BookingFacts({ booking }: { booking: Booking }) {
	const { scheduledTime, endTime, timezone, locationType } = booking;
	const here = timeRange(scheduledTime, endTime, timezone);
	const there = timeRange(scheduledTime, endTime, deviceZone());
	return (
		<ul class="facts">
			<li class="fact">
				<Icon name="spark" />
				{t("review.service", {
					service: bookedService(booking),
					duration: minutes(booking.duration),
				})}
			</li>
			<li class="fact">
				<Icon name="clock" />
				<span>
					{here}
					{isElsewhere(scheduledTime, timezone) && (
						<span class="fact-note">{t("review.yourTime", { time: there })}</span>
					)}
				</span>
			</li>
			<li class="fact">
				<Icon name="pin" />
				<span>
					<Dotted>
						{t(`form.location.${locationType}`)}
						<bdi>{booking.area}</bdi>
					</Dotted>
					<span class="fact-note" dir="auto">
						{booking.location ?? t("desk.addressLater")}
					</span>
				</span>
			</li>
			<li class="fact">
				<Icon name={booking.massageFor === "couple" ? "people" : "person"} />
				{t(`review.for.${booking.massageFor}`)}
			</li>
			{booking.note && (
				<li class="fact">
					<Icon name="edit" />
					<span dir="auto">{booking.note}</span>
				</li>
			)}
		</ul>
	);
}
