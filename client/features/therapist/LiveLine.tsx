import { type TextKey, t } from "../../i18n";
import { type ConnectionStatus, connection, reconnect } from "../../state/connection";
import { IconButton } from "../../ui/Button";
import { LiveDot } from "../../ui/ConnectionDots";

const WORDS: Record<ConnectionStatus["connectionType"], { title: TextKey; text: TextKey }> = {
	websocket: { title: "desk.live", text: "desk.liveText" },
	polling: { title: "desk.limited", text: "desk.limitedText" },
	none: { title: "desk.notLive", text: "desk.notLiveText" },
};

/** Whether requests reach this page at once, in words beside the pulsing dot, and a way to connect anew. */
export function LiveLine() {
	const { connectionType } = connection.value;
	const { title, text } = WORDS[connectionType];
	return (
		<div class="duty-live">
			<LiveDot on={connectionType === "websocket"}>
				<span>
					<strong>{t(title)}</strong>
					<br />
					{t(text)}
				</span>
			</LiveDot>
			<IconButton icon="refresh" label={t("desk.refresh")} onClick={reconnect} />
		</div>
	);
}
