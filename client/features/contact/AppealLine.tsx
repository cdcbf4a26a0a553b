import "./contact.css";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { type Appealed, appeal, appealOf } from "../../state/appeals";
import type { Problem } from "../../state/types";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { appName } from "../shell/boot";
import { problemText } from "../status/problemText";

interface AppealLineProps {
	appealed: Appealed;
	guestName?: string | undefined;
}

/** "I think this is wrong", then what became of it. */
export function AppealLine({ appealed, guestName }: AppealLineProps) {
	const [isAsking, setIsAsking] = useState(false);
	const [failure, setFailure] = useState<Problem | null>(null);
	const known = appealOf(appealed);
	if (known) {
		const isOpen = known.status === "open";
		return (
			<p class="contact-asked" role="status">
				<Icon name={isOpen ? "clock" : "check"} size={18} />
				<span>{t(isOpen ? "contact.asked" : "contact.allowed", { app: appName })}</span>
			</p>
		);
	}
	const ask = async () => {
		setIsAsking(true);
		setFailure(null);
		const answer = await appeal(appealed, guestName || t("contact.guestName"));
		setIsAsking(false);
		if (!answer.ok) setFailure(answer.error);
	};
	return (
		<div class="contact-appeal">
			{failure && (
				<p class="contact-failed" role="alert">
					{failure.code === "unreachable" ? t("contact.offline") : problemText(failure)}
				</p>
			)}
			<Button look="plain" busy={isAsking} onClick={() => void ask()}>
				{t("contact.wrong")}
			</Button>
		</div>
	);
}
