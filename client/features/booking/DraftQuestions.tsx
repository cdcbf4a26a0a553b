import { t } from "../../i18n";
import type { BookingFields, DraftField } from "../../state/bookingForm";
import type { Therapist } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { dayAndTime, minutes, serviceName, zoneName } from "../words";
import { LABELS } from "./labels";
import type { ChatBookingStorage } from "./useChatBookingStorage";

interface DraftQuestionsProps {
	therapist: Therapist;
	storage: ChatBookingStorage;
}

/** What was changed here and on another device: both values, and the person's word on which one stays (R29). */
export function DraftQuestions({ therapist, storage }: DraftQuestionsProps) {
	const { draft, actions } = storage;
	return (
		<>
			{draft?.asks.map(({ field, theirs }) => {
				const other: BookingFields = { ...draft.fields, ...theirs };
				const [here, there] = [draft.fields, other].map((side) => spoken(field, side, therapist));
				return (
					<Banner
						key={field}
						tone="warn"
						live="polite"
						title={t("draft.asks", { field: t(label(field)) })}
						actions={
							<>
								<Button onClick={() => actions.answer(field, false)}>{t("draft.keepHere")}</Button>
								<Button onClick={() => actions.answer(field, true)}>{t("draft.takeThere")}</Button>
							</>
						}
					>
						<dl class="draft-sides">
							<dt>{t("draft.here")}</dt>
							<dd dir="auto">{here}</dd>
							<dt>{t("draft.there")}</dt>
							<dd dir="auto">{there}</dd>
						</dl>
					</Banner>
				);
			})}
		</>
	);
}

const label = (field: DraftField) => LABELS[field === "when" ? "scheduledTime" : field];

/** The value as the form shows it. */
function spoken(field: DraftField, fields: BookingFields, therapist: Therapist): string {
	const { when, scheduledTime, locationType, massageFor } = fields;
	switch (field) {
		case "serviceId": {
			const service = therapist.services.find(({ id }) => id === fields.serviceId);
			return service ? `${serviceName(service)}, ${minutes(service.duration)}` : t("draft.empty");
		}
		case "when":
		case "scheduledTime":
			if (when === "asap") return t("form.asap");
			if (!scheduledTime) return t("draft.empty");
			return `${dayAndTime(scheduledTime, therapist.timezone)} ${zoneName(therapist.timezone, scheduledTime)}`;
		case "locationType":
			return locationType ? t(`form.location.${locationType}`) : t("draft.empty");
		case "massageFor":
			return massageFor ? t(`form.for.${massageFor}`) : t("draft.empty");
		default:
			return fields[field].trim() || t("draft.empty");
	}
}
