import { t } from "../../i18n";
import type { Part } from "../../state/oversight";
import type { Reveal } from "../../state/types";
import { dayAndTime } from "../words";
import { Records } from "./Records";

/** Who was shown the account number on whose payment card. */
export function Reveals({ part }: { part: Part<Reveal> }) {
	return (
		<Records
			id="reveals-title"
			title={t("operator.reveals")}
			none={t("operator.noReveals")}
			part={part}
		>
			{({ cardId, at, bank, viewerName: viewer, therapistName: therapist }) => (
				<li key={`${cardId} ${at}`}>
					<p dir="auto">{t("operator.reveal", { viewer, therapist })}</p>
					<p class="muted small">{`${dayAndTime(at)} · ${bank}`}</p>
				</li>
			)}
		</Records>
	);
}
