import { type TextKey, t } from "../../i18n";
import { type ConnectionStatus, connection, reconnect } from "../../state/connection";
import { IconButton } from "../../ui/Button";
import { Dots } from "../status/ConnectionIndicator";

const WORDS: Record<ConnectionStatus["connectionType"], { title: TextKey; text: TextKey }> = {
	websocket: { title: "desk.live", text: "desk.liveText" },
	polling: { title: "desk.limited", text: "desk.limitedText" },
	none: { title: "desk.notLive", text: "desk.notLiveText" },
};

/** Whether requests reach this page at once, in words beside the dots, and a way to connect anew. */
export function LiveLine() {
	const { title, text } = WORDS[connection.value.connectionType];
	return (
		<div class="duty-live">
			<div class="duty-live-words">
				<span class="duty-live-state">
					<strong>{t(title)}</strong>
					<Dots />
				</span>
				<span>{t(text)}</span>
			</div>
			<IconButton icon="refresh" label={t("connection.reconnect")} onClick={reconnect} />
		</div>
	);
}
