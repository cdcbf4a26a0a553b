import { t } from "../../i18n";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { useAutosaveIndicator } from "./useAutosaveIndicator";
import type { ChatBookingStorage } from "./useChatBookingStorage";

const DAMAGE = {
	backup: "draft.fromBackup",
	pieces: "draft.inPieces",
	lost: "draft.lost",
} as const;

/** What was found on the device from an earlier visit: to go on with, or to start fresh (R27). */
export function FoundDraft({ storage }: { storage: ChatBookingStorage }) {
	const { draft, lastSaved, actions } = storage;
	const saved = useAutosaveIndicator(lastSaved);
	if (!draft) return null;
	if (!draft.isFound) {
		if (!draft.damage) return null;
		return (
			<Banner
				tone="warn"
				live="polite"
				actions={<Button onClick={actions.continueDraft}>{t("draft.understood")}</Button>}
			>
				{t(DAMAGE[draft.damage])}
			</Banner>
		);
	}
	return (
		<Banner
			tone="info"
			icon="saved"
			live="polite"
			title={t("draft.found")}
			actions={
				<>
					<Button look="primary" onClick={actions.continueDraft}>
						{t("draft.continue")}
					</Button>
					<Button onClick={actions.clearDraft}>{t("draft.fresh")}</Button>
				</>
			}
		>
			{draft.damage ? t(DAMAGE[draft.damage]) : `${saved ?? ""}.`}
		</Banner>
	);
}
