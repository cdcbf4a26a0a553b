import { useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import type { Therapist } from "../../state/types";
import { RadioCards } from "../../ui/RadioCards";
import { Select } from "../../ui/Select";
import { clockTime, dayName, zoneName } from "../words";
import { daysFrom, instantOf, isWithinHours, slotsOf, soonest, wallClock } from "./schedule";
import type { FormControls } from "./useBookingForm";

const DAYS_AHEAD = 14;
const HORIZON_STEP_MS = 5 * 60_000;
/** Minutes; only until a service is chosen. */
const SHORTEST = 60;

interface Day {
	/** `YYYY-MM-DD` and `HH:MM` of the provider's clock. */
	day: string;
	slots: readonly string[];
}

/** Days on offer with their times, worked out anew every five minutes and not with every tick. */
function useOffer(therapist: Therapist, duration: number): readonly Day[] {
	const { timezone: zone, hours } = therapist;
	const moment = Math.floor(now.value / HORIZON_STEP_MS) * HORIZON_STEP_MS;
	return useMemo(
		() =>
			daysFrom(moment, zone, DAYS_AHEAD)
				.map((day) => ({ day, slots: slotsOf({ day, zone, hours, duration, now: moment }) }))
				.filter(({ slots }) => slots.length > 0),
		[moment, zone, hours, duration],
	);
}

const isoOf = (day: string, face: string, zone: string) =>
	new Date(instantOf(day, face, zone)).toISOString();

/** Why nobody can come as soon as possible; null when somebody can. */
function obstacleToSoon(therapist: Therapist, duration: number): string | null {
	const { displayName: name, status, timezone, hours } = therapist;
	if (status !== "available") return t("form.asapOff", { name });
	const start = soonest(now.value);
	return isWithinHours(start, duration, timezone, hours) ? null : t("form.asapClosed", { name });
}

/** As soon as possible, or a day and a time on the provider's own clock. */
export function WhenChoice({ form }: { form: FormControls }) {
	const { therapist, fields, change } = form;
	const { timezone } = therapist;
	const duration = form.service?.duration ?? SHORTEST;
	const days = useOffer(therapist, duration);
	const obstacle = obstacleToSoon(therapist, duration);
	const first = days[0];
	const choose = (kind: "asap" | "later") => {
		const slot = kind === "later" ? first?.slots[0] : undefined;
		if (first && slot) change({ when: "later", scheduledTime: isoOf(first.day, slot, timezone) });
		else change({ when: "asap", scheduledTime: null });
	};
	return (
		<div class="form-group">
			<RadioCards
				id={form.idOf("scheduledTime")}
				label={t("form.when")}
				value={fields.when ?? ""}
				error={form.faultOf("scheduledTime")}
				onBlur={() => form.leave("scheduledTime")}
				cards={[
					{
						value: "asap",
						label: t("form.asap"),
						note: obstacle ?? t("form.asapNote"),
						disabled: obstacle !== null,
					},
					{ value: "later", label: t("form.later"), disabled: !first },
				]}
				onValue={choose}
			/>
			{fields.when === "later" && fields.scheduledTime !== null && (
				<DayAndTime form={form} value={fields.scheduledTime} days={days} />
			)}
		</div>
	);
}

interface DayAndTimeProps {
	form: FormControls;
	value: string;
	days: readonly Day[];
}

function DayAndTime({ form, value, days }: DayAndTimeProps) {
	const { timezone: zone, displayName: name } = form.therapist;
	const chosen = wallClock(Date.parse(value), zone);
	const today = wallClock(now.value, zone).day;
	const slots = days.find(({ day }) => day === chosen.day)?.slots ?? [];
	// A kept time may have gone from the lists meanwhile; it is still shown, so that nothing changes by itself.
	const known = days.map(({ day }) => day);
	const shownDays = known.includes(chosen.day) ? known : [chosen.day, ...known];
	const faces = slots.includes(chosen.time) ? slots : [chosen.time, ...slots];
	const take = (day: string, face: string | undefined) => {
		if (face) form.change({ scheduledTime: isoOf(day, face, zone) });
	};
	const moveTo = (day: string) => {
		const offered = days.find((candidate) => candidate.day === day)?.slots ?? [];
		take(day, offered.includes(chosen.time) ? chosen.time : offered[0]);
	};
	return (
		<div class="stack">
			<div class="form-pair">
				<Select
					id={form.idOf("day")}
					label={t("form.day")}
					value={chosen.day}
					choices={shownDays.map((day) => ({ value: day, label: dayName(day, today) }))}
					onValue={moveTo}
				/>
				<Select
					id={form.idOf("time")}
					label={t("form.time")}
					value={chosen.time}
					choices={faces.map((face) => ({
						value: face,
						label: clockTime(isoOf(chosen.day, face, zone), zone),
					}))}
					onValue={(face) => take(chosen.day, face)}
				/>
			</div>
			<p class="field-hint">{t("form.zone", { zone: zoneName(zone, value), name })}</p>
		</div>
	);
}
