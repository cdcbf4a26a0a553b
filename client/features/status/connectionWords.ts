import { t } from "../../i18n";
import type { Quality } from "../../state/connection";

/** The quality of the connection in words. */
export function connectionWords(quality: Quality): string {
	return t(`connection.${quality}`);
}
