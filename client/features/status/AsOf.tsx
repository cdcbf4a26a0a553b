import { t } from "../../i18n";
import { factsAsOf } from "../../state/facts";
import { clockTime, dayAndTime } from "../words";
import "./status.css";

/** From when that is which is shown, while the server has not confirmed it. */
export function AsOf() {
	const asOf = factsAsOf.value;
	if (asOf === null) return null;
	const isToday = asOf >= new Date().setHours(0, 0, 0, 0);
	const time = isToday ? clockTime(asOf) : dayAndTime(asOf);
	return (
		<p class="as-of numeric" role="status">
			{t("app.asOf", { time })}
		</p>
	);
}
