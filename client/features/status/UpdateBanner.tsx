import { t } from "../../i18n/front";
import { applyUpdate, updateReady } from "../../state/update";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import "./status.css";

/** A newer version waits until the person agrees: nothing is reloaded under someone's typing. */
export function UpdateBanner() {
	if (!updateReady.value) return null;
	return (
		<div class="line">
			<div class="line-box line-update" role="status">
				<Icon name="spark" />
				<p class="line-words">
					{t("update.ready")}
					<span class="line-note">{t("update.safe")}</span>
				</p>
				<Button look="plain" onClick={applyUpdate}>
					{t("update.now")}
				</Button>
			</div>
		</div>
	);
}
