import { t } from "../../i18n";
import { reconnect } from "../../state/connection";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { troubleReason, troubleSentence } from "./connectionWords";
import "./status.css";
import { type Trouble, trouble } from "./trouble";

/** A few words about a connection that has been weak or away for a while: what is safe, why, and a way to try now. */
export function ConnectionBanner({ compact }: { compact?: boolean }) {
	const now = trouble.value;
	return (
		<div class={compact ? "line line-compact" : "line"}>
			{/* Reason, attempts and seconds are left out of what is announced: they change all the time. */}
			<p class="visually-hidden" role="status">
				{now && troubleSentence(now)}
			</p>
			{now && <TroubleLine now={now} />}
		</div>
	);
}

function TroubleLine({ now }: { now: Trouble }) {
	const { kind, seconds } = now;
	const reason = troubleReason(now);
	return (
		<div class={`line-box line-${kind}`}>
			<Icon name={kind === "poor" || kind === "limited" ? "alert" : "unlinked"} />
			<div class="line-words">
				<p aria-hidden="true">{troubleSentence(now)}</p>
				{reason && <p class="line-note">{reason}</p>}
				{kind !== "poor" && (
					<p class="line-note">
						{seconds === null
							? t("connection.reconnecting")
							: t("connection.reconnectingIn", { seconds })}
					</p>
				)}
			</div>
			<Button look="plain" onClick={reconnect}>
				{t("connection.now")}
			</Button>
		</div>
	);
}
