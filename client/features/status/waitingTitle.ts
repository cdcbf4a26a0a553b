import { t } from "../../i18n";

/** What has room for two columns and a mouse is not called a phone. */
const DESK = "(min-width: 60rem) and (pointer: fine)";

/** The title of a booking that waits to be sent: whether it is kept, and where. */
export function waitingTitle(isKept: boolean): string {
	if (!isKept) return t("waiting.unsaved");
	return t(matchMedia(DESK).matches ? "waiting.savedOnDesk" : "waiting.saved");
}
