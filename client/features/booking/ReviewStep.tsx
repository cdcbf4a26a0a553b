import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { quote } from "../../state/bookingChecks";
import { type BookingFields, bookingForm } from "../../state/bookingForm";
import { serverNow } from "../../state/clock";
import type { OrderedFrom, Service, Therapist } from "../../state/types";
import { Button } from "../../ui/Button";
import { Dotted } from "../../ui/Dotted";
import { Icon } from "../../ui/Icon";
import {
	clockTime,
	deviceZone,
	isElsewhere,
	minutes,
	serviceName,
	timeRange,
	zoneName,
} from "../words";
import { PriceParts } from "./PriceParts";
import { soonest } from "./schedule";

const MINUTE = 60_000;

interface ReviewStepProps {
	therapist: Therapist;
	onEdit: () => void;
	/** `price` is the total that was shown, in minor units. */
	onSend: (price: number) => void;
}

/** Everything once more, with the parts of the price, before anything is sent. */
export function ReviewStep({ therapist, onEdit, onSend }: ReviewStepProps) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const price = quote(therapist, bookingForm(therapist.id).value.fields);
	return (
		<>
			<div class="window-scroll">
				<div class="stack-wide">
					<h3 tabIndex={-1} ref={heading}>
						{t("review.title")}
					</h3>
					<ReviewDetails provider={therapist} fields={bookingForm(therapist.id).value.fields} />
					<p class="muted small">{t("review.after", { name: therapist.displayName })}</p>
				</div>
			</div>
			<div class="window-foot">
				<div class="foot-actions">
					<Button onClick={onEdit}>{t("review.edit")}</Button>
					<Button
						look="primary"
						icon="send"
						unavailable={!price}
						onClick={() => price && onSend(price.price)}
					>
						{t("review.send")}
					</Button>
				</div>
			</div>
		</>
	);
}

interface ReviewDetailsProps {
	/** Left out where this device knows nothing of her. */
	provider: OrderedFrom | undefined;
	fields: BookingFields;
}

/** What is ordered, in words, with the parts of the price. */
export function ReviewDetails({ provider, fields }: ReviewDetailsProps) {
	const service = provider?.services.find(({ id }) => id === fields.serviceId);
	const price = provider && quote(provider, fields);
	return (
		<>
			<ReviewFacts zone={provider?.timezone ?? deviceZone()} service={service} fields={fields} />
			{price && (
				<div class="card">
					<PriceParts {...price} />
				</div>
			)}
		</>
	);
}

interface ReviewFactsProps {
	/** The provider's time zone. */
	zone: string;
	service: Service | undefined;
	fields: BookingFields;
}

function ReviewFacts({ zone, service, fields }: ReviewFactsProps) {
	const { locationType, massageFor } = fields;
	return (
		<ul class="facts">
			{service && (
				<li class="fact">
					<Icon name="spark" />
					{t("review.service", {
						service: serviceName(service),
						duration: minutes(service.duration),
					})}
				</li>
			)}
			<li class="fact">
				<Icon name="clock" />
				<ReviewTime zone={zone} service={service} fields={fields} />
			</li>
			<li class="fact">
				<Icon name="pin" />
				<span>
					<Dotted>
						{locationType && t(`form.location.${locationType}`)}
						{locationType !== "place" && <bdi>{fields.area}</bdi>}
					</Dotted>
					{locationType !== "place" && (
						<span class="fact-note" dir="auto">
							{fields.location}
						</span>
					)}
				</span>
			</li>
			<li class="fact">
				<Icon name={massageFor === "couple" ? "people" : "person"} />
				{massageFor && t(`review.for.${massageFor}`)}
			</li>
			<li class="fact">
				<Icon name="lock" />
				<span>
					<Dotted>
						<bdi>{fields.customerName}</bdi>
						<bdi class="numeric" dir="ltr">
							{fields.customerWhatsApp}
						</bdi>
					</Dotted>
					<span class="fact-note">{t("review.private")}</span>
				</span>
			</li>
			{fields.note.trim() && (
				<li class="fact">
					<Icon name="edit" />
					<span dir="auto">{fields.note}</span>
				</li>
			)}
		</ul>
	);
}

function ReviewTime({ zone, service, fields }: ReviewFactsProps) {
	const chosen = fields.when === "later" ? fields.scheduledTime : null;
	const start = chosen ? Date.parse(chosen) : soonest(serverNow());
	const end = start + (service?.duration ?? 0) * MINUTE;
	const soon = t("review.asap", { time: `${clockTime(start, zone)} ${zoneName(zone, start)}` });
	const yourTime = chosen ? timeRange(start, end, deviceZone()) : clockTime(start);
	return (
		<span>
			{chosen ? timeRange(start, end, zone) : soon}
			{isElsewhere(start, zone) && (
				<span class="fact-note">{t("review.yourTime", { time: yourTime })}</span>
			)}
		</span>
	);
}
