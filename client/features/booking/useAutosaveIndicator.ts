import { t } from "../../i18n";
import { clockTime, dayAndTime } from "../words";

/** "Saved 12:04", with the day where it was not today; null while nothing was saved. `lastSaved`: device time, ms. */
export function useAutosaveIndicator(lastSaved: number | null): string | null {
	if (lastSaved === null) return null;
	const isToday = lastSaved >= new Date().setHours(0, 0, 0, 0);
	return t("draft.saved", { time: isToday ? clockTime(lastSaved) : dayAndTime(lastSaved) });
}
