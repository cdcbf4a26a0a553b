import { type TextKey, t } from "../../i18n";
import type { Part } from "../../state/oversight";
import type { AuditEntry } from "../../state/types";
import { dayAndTime } from "../words";
import { codeWords } from "./codes";
import { Newest } from "./Newest";

const ACTIONS: Record<string, TextKey> = {
	"appeal.allowed": "operator.action.appeal.allowed",
	"appeal.rejected": "operator.action.appeal.rejected",
};

/** Who judged what, newest first. */
export function Trail({ part }: { part: Part<AuditEntry> }) {
	return (
		<section class="section" aria-labelledby="trail-title">
			<h2 id="trail-title">{t("operator.trail")}</h2>
			{part.items.length === 0 ? (
				<p class="muted">{t("operator.noTrail")}</p>
			) : (
				<ul class="card operator-refusals">
					{part.items.map((entry) => (
						<Entry key={entry.id} entry={entry} />
					))}
				</ul>
			)}
			<Newest part={part} />
		</section>
	);
}

function Entry({ entry }: { entry: AuditEntry }) {
	const { code, reason } = entry.data as { code?: unknown; reason?: unknown };
	const notes = [typeof code === "string" ? codeWords(code) : null, reason].filter(
		(note) => typeof note === "string",
	);
	return (
		<li>
			<p>
				<bdi>{entry.actorName}</bdi> {t(ACTIONS[entry.action] ?? "operator.action.other")}
			</p>
			<p class="muted small">{[dayAndTime(entry.createdAt), ...notes].join(" · ")}</p>
		</li>
	);
}
