import { t } from "../../i18n";
import { Icon } from "../../ui/Icon";
import { useAutosaveIndicator } from "./useAutosaveIndicator";
import type { ChatBookingStorage } from "./useChatBookingStorage";

/** Where what is typed stands: saved and when, being saved, or only on this page. Its room is always there. */
export function SaveLine({ storage }: { storage: ChatBookingStorage }) {
	const saved = useAutosaveIndicator(storage.lastSaved);
	const { draft, isSaving, isSyncing } = storage;
	if (draft && !draft.isKept) {
		return (
			<p class="save-line save-line-bad" role="status">
				<Icon name="alert" size={16} />
				{t("draft.notKept")}
			</p>
		);
	}
	const words = isSaving ? t("draft.saving") : isSyncing ? t("draft.syncing") : saved;
	return (
		<p class="save-line numeric" role="status">
			{words && <Icon name={isSaving || isSyncing ? "wait" : "saved"} size={16} />}
			{words ?? "\u00a0"}
		</p>
	);
}
