import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { connection, reconnect, watchLatency } from "../../state/connection";
import { ConnectionDots } from "../../ui/ConnectionDots";
import { Icon } from "../../ui/Icon";
import { connectionWords, latencyWords } from "./connectionWords";

/** The dots with the latency; measured more often while they are seen. */
export function Dots() {
	useEffect(watchLatency, []);
	const { isConnected, quality, latency } = connection.value;
	const note = latency === null ? undefined : latencyWords(latency);
	const label = connectionWords(connection.value);
	return <ConnectionDots quality={quality} isCut={!isConnected} label={label} note={note} />;
}

/** How the connection is, for a chat's header; pressing it connects anew. */
export function ConnectionIndicator() {
	const words = `${connectionWords(connection.value)}. ${t("connection.reconnect")}`;
	return (
		<button type="button" class="link-state" aria-label={words} title={words} onClick={reconnect}>
			<Dots />
			<Icon name="refresh" size={16} />
		</button>
	);
}
