import "./contact.css";
import { useState } from "preact/hooks";
import { type TextKey, t } from "../../i18n";
import { type Appeal, type Appealed, appeal, appealOf } from "../../state/appeals";
import type { Problem } from "../../state/types";
import { Button } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/Icon";
import { appName } from "../shell/boot";
import { problemText } from "../status/problemText";

const ANSWERS: Record<Appeal["status"], [IconName, TextKey]> = {
	open: ["clock", "contact.asked"],
	allowed: ["check", "contact.allowed"],
	rejected: ["alert", "contact.rejected"],
};

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
		const [icon, words] = ANSWERS[known.status];
		return (
			<p class="contact-asked" role="status">
				<Icon name={icon} size={18} />
				<span>{t(words, { app: appName })}</span>
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
