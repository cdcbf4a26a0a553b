import { t } from "../../i18n";
import { now } from "../../state/clock";
import type { Opening } from "../../state/types";
import { wallClock } from "../booking/schedule";
import { clockRange, weekdayName, zoneName } from "../words";

const WEEK = [0, 1, 2, 3, 4, 5, 6];

function weekdayIn(zone: string, instant: number): number {
	const { day } = wallClock(instant, zone);
	return (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
}

function openingsOf(weekday: number, hours: readonly Opening[]): string {
	const openings = hours.filter((opening) => opening.weekday === weekday);
	if (openings.length === 0) return t("provider.closed");
	return openings
		.map(({ opens, closes }) =>
			opens === "00:00" && closes === "24:00" ? t("provider.allDay") : clockRange(opens, closes),
		)
		.join(", ");
}

/** The week's working hours in the provider's zone; nothing for a provider without set hours. */
export function Hours({ hours, timezone }: { hours: readonly Opening[]; timezone: string }) {
	if (hours.length === 0) return null;
	const today = weekdayIn(timezone, now.value);
	const week = WEEK.map((weekday) => openingsOf(weekday, hours));
	const isEveryDay = week.every((openings) => openings === week[0]);
	return (
		<section class="stack" aria-labelledby="hours-title">
			<h2 id="hours-title">{t("provider.hours")}</h2>
			<dl class="hours">
				{isEveryDay && <HoursLine name={t("provider.everyDay")} openings={week[0] ?? ""} />}
				{(isEveryDay ? [] : WEEK).map((weekday) => (
					<HoursLine
						key={weekday}
						name={weekdayName(weekday)}
						openings={week[weekday] ?? ""}
						today={weekday === today}
					/>
				))}
			</dl>
			<p class="field-hint">{t("provider.hoursZone", { zone: zoneName(timezone, now.value) })}</p>
		</section>
	);
}

interface HoursLineProps {
	name: string;
	openings: string;
	today?: boolean;
}

function HoursLine({ name, openings, today }: HoursLineProps) {
	const mark = today ? "hours-today" : undefined;
	return (
		<>
			<dt class={mark}>
				{name}
				{today && <span class="visually-hidden"> ({t("form.today")})</span>}
			</dt>
			<dd class={mark}>{openings}</dd>
		</>
	);
}
