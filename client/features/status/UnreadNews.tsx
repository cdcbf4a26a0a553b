import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { unreadTotal } from "../../state/conversations";

/** An open chat reads at once what comes, and says it by itself. */
const READ_WITHIN_MS = 500;

/** Tells a screen reader of messages that came while no chat was open to say them; the eye has the count on the tab. */
export function UnreadNews() {
	const unread = unreadTotal.value;
	const [told, setTold] = useState(0);
	useEffect(() => {
		const timer = setTimeout(() => setTold(unread), READ_WITHIN_MS);
		return () => clearTimeout(timer);
	}, [unread]);
	return (
		<p class="visually-hidden" role="status">
			{told > 0 && t("app.unread", { count: told })}
		</p>
	);
}
