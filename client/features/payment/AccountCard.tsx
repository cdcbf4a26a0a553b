import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { bankAccount, loadBankAccount, removeBankAccount } from "../../state/bankAccount";
import type { BankAccount } from "../../state/types";
import { Button } from "../../ui/Button";
import { ConfirmPanel } from "../../ui/ConfirmPanel";
import { Icon } from "../../ui/Icon";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { LoadFailure } from "../status/LoadFailure";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { AccountForm } from "./AccountForm";
import "./payment.css";

type Step = "shown" | "form" | "removing";

/** The therapist's bank account on her dashboard: given once, masked ever after (R18). */
export function AccountCard() {
	const { value, ...load } = bankAccount.value;
	const [step, setStep] = useState<Step>("shown");
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => void loadBankAccount(), []);
	const show = () => {
		setStep("shown");
		heading.current?.focus();
	};
	return (
		<section class="section" aria-labelledby="desk-account">
			<h2 id="desk-account" ref={heading} tabIndex={-1}>
				{t("pay.title")}
			</h2>
			{value === undefined ? (
				load.status === "error" || load.status === "offline" ? (
					<LoadFailure failure={load} onRetry={() => void loadBankAccount()} />
				) : (
					<Loading label={t("app.loading")}>
						<Skeleton height="6rem" />
					</Loading>
				)
			) : (
				<div class="card pay-account">
					{step === "form" ? (
						<AccountForm
							place="account"
							known={value}
							onSaved={() => {
								notify({ text: t("pay.saved"), icon: "check" });
								show();
							}}
							onCancel={show}
						/>
					) : (
						<Shown
							account={value}
							onForm={() => setStep("form")}
							onRemove={() => setStep("removing")}
						/>
					)}
					{step === "removing" && <Removing onEnd={show} />}
				</div>
			)}
		</section>
	);
}

interface ShownProps {
	account: BankAccount | null;
	onForm: () => void;
	onRemove: () => void;
}

function Shown({ account, onForm, onRemove }: ShownProps) {
	if (!account) {
		return (
			<>
				<p class="muted small">{t("pay.none")}</p>
				<div>
					<Button icon="bank" onClick={onForm}>
						{t("pay.add")}
					</Button>
				</div>
			</>
		);
	}
	return (
		<>
			<div class="pay-line">
				<Icon name="bank" size={24} />
				<p>
					<strong class="pay-masked">{account.masked}</strong>
					<span class="muted small" dir="auto">
						{account.holder}
					</span>
				</p>
			</div>
			<p class="muted small">{t("pay.how")}</p>
			<div class="row">
				<Button icon="edit" onClick={onForm}>
					{t("pay.change")}
				</Button>
				<Button look="plain" icon="trash" onClick={onRemove}>
					{t("pay.remove")}
				</Button>
			</div>
		</>
	);
}

function Removing({ onEnd }: { onEnd: () => void }) {
	const [busy, setBusy] = useState(false);
	const remove = async () => {
		setBusy(true);
		const result = await removeBankAccount();
		setBusy(false);
		if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
		onEnd();
	};
	return (
		<ConfirmPanel
			title={t("pay.removeAsk")}
			text={t("pay.removeText")}
			yes={t("pay.removeYes")}
			no={t("pay.removeNo")}
			busy={busy}
			onYes={() => void remove()}
			onNo={onEnd}
		/>
	);
}
