import { t } from "../../i18n";
import type { ConversationView } from "../../state/conversations";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";

interface ClosedProps {
	room: ConversationView;
	otherName: string;
	onBookAgain: () => void;
}

/** In the composer's place: why nothing can be written now, and what can be done about it. */
export function Closed({ room, otherName, onBookAgain }: ClosedProps) {
	const { isOpen, ownRole } = room;
	const isCustomer = ownRole === "customer";
	const locked = isCustomer
		? t("chat.lockedCustomer", { name: otherName })
		: t("chat.lockedTherapist");
	return (
		<div class="composer composer-closed" role="status">
			<p class="composer-closed-reason">
				<Icon name="lock" size={18} />
				{isOpen ? locked : t(isCustomer ? "chat.closed" : "chat.closedDesk")}
			</p>
			{!isOpen && isCustomer && (
				<Button look="primary" icon="refresh" onClick={onBookAgain}>
					{t("booking.again")}
				</Button>
			)}
		</div>
	);
}
