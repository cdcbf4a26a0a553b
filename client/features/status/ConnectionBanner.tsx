import { t } from "../../i18n/front";
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
	const { kind } = now;
	const isSlow = kind === "poor" || kind === "crawling";
	const works = isSlow || kind === "limited";
	return (
		<div class={`line-box line-${kind}${isSlow ? "" : " line-noted"}`}>
			<Icon name={works ? "alert" : "unlinked"} />
			<p class="line-words" aria-hidden="true">
				{troubleSentence(now)}
			</p>
			{!isSlow && <Notes now={now} />}
			<Button look="plain" onClick={reconnect}>
				{t("connection.now")}
			</Button>
		</div>
	);
}

function Notes({ now }: { now: Trouble }) {
	const { seconds } = now;
	const reason = troubleReason(now);
	return (
		<div class="line-notes">
			{reason && <p class="line-note">{reason}</p>}
			<p class="line-note">
				{seconds === null
					? t("connection.reconnecting")
					: t("connection.reconnectingIn", { seconds })}
			</p>
		</div>
	);
}
