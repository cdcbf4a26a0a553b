import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { ConfirmPanel } from "../../ui/ConfirmPanel";
import type { ChatBookingStorage } from "./useChatBookingStorage";

interface DontKeepProps {
	storage: ChatBookingStorage;
	onGone: () => void;
}

/** R28: what was filled in may go, from this device and the person's others. Chats and bookings stay. */
export function DontKeep({ storage, onGone }: DontKeepProps) {
	const [isAsking, setAsking] = useState(false);
	const { draft, actions } = storage;
	if (!draft || (draft.savedAt === null && !draft.isUnsaved)) return null;
	if (!isAsking) {
		return (
			<div>
				<Button look="plain" icon="trash" onClick={() => setAsking(true)}>
					{t("draft.dontKeep")}
				</Button>
			</div>
		);
	}
	return (
		<ConfirmPanel
			title={t("draft.dontKeepAsk")}
			text={t("draft.dontKeepText")}
			yes={t("draft.dontKeepYes")}
			no={t("draft.dontKeepNo")}
			onYes={() => {
				actions.cancelBooking();
				onGone();
			}}
			onNo={() => setAsking(false)}
		/>
	);
}
