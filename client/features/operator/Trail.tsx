import { type TextKey, t } from "../../i18n";
import type { Part } from "../../state/oversight";
import type { AuditEntry } from "../../state/types";
import { takenFor } from "../contact/contactWords";
import { dayAndTime } from "../words";
import { Records } from "./Records";

const ACTIONS: Record<string, TextKey> = {
	"appeal.allowed": "operator.action.appeal.allowed",
	"appeal.rejected": "operator.action.appeal.rejected",
};

/** Who judged what. */
export function Trail({ part }: { part: Part<AuditEntry> }) {
	return (
		<Records id="trail-title" title={t("operator.trail")} none={t("operator.noTrail")} part={part}>
			{(entry) => <Entry key={entry.id} entry={entry} />}
		</Records>
	);
}

function Entry({ entry }: { entry: AuditEntry }) {
	const { code, reason } = entry.data as { code?: unknown; reason?: unknown };
	const notes = [dayAndTime(entry.createdAt)];
	if (typeof code === "string") notes.push(takenFor(code));
	if (typeof reason === "string") notes.push(reason);
	return (
		<li>
			<p>
				<bdi>{entry.actorName}</bdi> {t(ACTIONS[entry.action] ?? "operator.action.other")}
			</p>
			<p class="muted small">{notes.join(" · ")}</p>
		</li>
	);
}
