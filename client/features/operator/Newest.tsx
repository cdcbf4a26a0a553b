import { t } from "../../i18n";
import type { Part } from "../../state/oversight";

/** Says so where a list is longer than what is shown of it. */
export function Newest({ part }: { part: Part<unknown> }) {
	if (part.isWhole) return null;
	return <p class="muted small">{t("operator.newest", { count: part.items.length })}</p>;
}
