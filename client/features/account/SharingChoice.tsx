import { t } from "../../i18n";
import { share, sharing } from "../../state/sharing";
import { Switch } from "../../ui/Switch";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";

async function change(choice: Parameters<typeof share>[0]): Promise<void> {
	const result = await share(choice);
	if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
}

/** What the people one chats with may notice; it holds on all devices of the person. */
export function SharingChoice() {
	const shared = sharing.value;
	if (!shared) return null;
	return (
		<section class="section" aria-labelledby="sharing-title">
			<h2 id="sharing-title">{t("account.privacy")}</h2>
			<p class="muted small">{t("account.privacyText")}</p>
			<div>
				<Switch
					label={t("account.shareTyping")}
					on={shared.shareTyping}
					onChange={(shareTyping) => void change({ shareTyping })}
				/>
				<Switch
					label={t("account.sharePresence")}
					on={shared.sharePresence}
					onChange={(sharePresence) => void change({ sharePresence })}
				/>
			</div>
		</section>
	);
}
