import { useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { bankAccount, loadBankAccount } from "../../state/bankAccount";
import type { ConversationView } from "../../state/conversations";
import { payable, sendCard } from "../../state/paymentCards";
import type { BankAccount } from "../../state/types";
import { Button } from "../../ui/Button";
import { useFocusInAndBack } from "../../ui/useFocusInAndBack";
import { problemText } from "../status/problemText";
import { AccountForm } from "./AccountForm";
import "./payment.css";

/** Above the therapist's composer, while there is a booking that a payment card may be sent for. */
export function SendCard({ room, otherName }: { room: ConversationView; otherName: string }) {
	const booking = useMemo(() => payable(room), [room]).value;
	const [isOpen, setOpen] = useState(false);
	const opener = useRef<HTMLDivElement>(null);
	if (!booking) return null;
	const open = () => {
		void loadBankAccount();
		setOpen(true);
	};
	const close = () => {
		setOpen(false);
		queueMicrotask(() => opener.current?.querySelector("button")?.focus());
	};
	return (
		<div class="pay-send" ref={opener}>
			{isOpen ? (
				<SendPanel
					otherName={otherName}
					onClose={close}
					onSend={(account) => {
						sendCard(room.id, booking.bookingId, account);
						close();
					}}
				/>
			) : (
				<Button look="plain" icon="bank" onClick={open}>
					{t("pay.send")}
				</Button>
			)}
		</div>
	);
}

interface SendPanelProps {
	otherName: string;
	onSend: (account: BankAccount) => void;
	onClose: () => void;
}

/** Asks before it is sent, because it cannot be taken back; and for an account where there is none. */
function SendPanel({ otherName, onSend, onClose }: SendPanelProps) {
	const box = useFocusInAndBack<HTMLDivElement>();
	const { value, ...load } = bankAccount.value;
	return (
		<div
			ref={box}
			class="pay-panel"
			role="dialog"
			aria-label={t("pay.send")}
			tabIndex={-1}
			onKeyDown={(event) => {
				if (event.key !== "Escape") return;
				event.stopPropagation();
				onClose();
			}}
		>
			{value ? (
				<>
					<p>
						{t("pay.sendAsk", { name: otherName })}{" "}
						<strong class="pay-masked">{value.masked}</strong>
					</p>
					<p class="muted small">{t("pay.sendText", { name: otherName })}</p>
					<div class="row">
						<Button look="primary" icon="send" onClick={() => onSend(value)}>
							{t("pay.sendYes")}
						</Button>
						<Button look="plain" onClick={onClose}>
							{t("pay.cancel")}
						</Button>
					</div>
				</>
			) : value === null ? (
				<>
					<p>{t("pay.sendNone")}</p>
					<AccountForm
						place="send"
						known={null}
						onSaved={() => box.current?.focus()}
						onCancel={onClose}
					/>
				</>
			) : (
				<>
					<p role="status">{"error" in load ? problemText(load.error) : t("app.loading")}</p>
					<div class="row">
						{"error" in load && (
							<Button icon="refresh" onClick={() => void loadBankAccount()}>
								{t("app.retry")}
							</Button>
						)}
						<Button look="plain" onClick={onClose}>
							{t("pay.cancel")}
						</Button>
					</div>
				</>
			)}
		</div>
	);
}
