import { type TextKey, t } from "../../i18n";
import { reconnect } from "../../state/connection";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { appName } from "../shell/boot";
import "./status.css";
import { type Trouble, trouble } from "./trouble";

const SENTENCES: Record<Trouble["kind"], TextKey> = {
	offline: "connection.offline",
	limited: "connection.polling",
	none: "connection.unreachable",
};

/** One line about a connection that has been weak or away for a while, with what is safe and a way to try now. */
export function ConnectionBanner({ compact }: { compact?: boolean }) {
	const now = trouble.value;
	const sentence = now && t(SENTENCES[now.kind], { app: appName });
	return (
		<div class={compact ? "line line-compact" : "line"}>
			{/* The seconds are left out of what is announced. */}
			<p class="visually-hidden" role="status">
				{sentence}
			</p>
			{now && (
				<div class={`line-box line-${now.kind}`}>
					<Icon name={now.kind === "limited" ? "alert" : "unlinked"} />
					<p class="line-words">
						<span aria-hidden="true">{sentence}</span>
						{now.kind === "none" && (
							<span class="line-note numeric">
								{now.seconds === null
									? t("connection.reconnecting")
									: t("connection.reconnectingIn", { seconds: now.seconds })}
							</span>
						)}
					</p>
					{now.kind !== "offline" && (
						<Button look="plain" onClick={reconnect}>
							{t("connection.now")}
						</Button>
					)}
				</div>
			)}
		</div>
	);
}
