import { t } from "../../i18n";
import type { Part } from "../../state/oversight";
import type { Reveal } from "../../state/types";
import { dayAndTime } from "../words";
import { Newest } from "./Newest";

/** Who was shown the account number on whose payment card, newest first. */
export function Reveals({ part }: { part: Part<Reveal> }) {
	return (
		<section class="section" aria-labelledby="reveals-title">
			<h2 id="reveals-title">{t("operator.reveals")}</h2>
			{part.items.length === 0 ? (
				<p class="muted">{t("operator.noReveals")}</p>
			) : (
				<ul class="card operator-refusals">
					{part.items.map((reveal) => (
						<li key={`${reveal.cardId} ${reveal.at}`}>
							<p dir="auto">
								{t("operator.reveal", {
									viewer: reveal.viewerName,
									therapist: reveal.therapistName,
								})}
							</p>
							<p class="muted small">{`${dayAndTime(reveal.at)} · ${reveal.bank}`}</p>
						</li>
					))}
				</ul>
			)}
			<Newest part={part} />
		</section>
	);
}
