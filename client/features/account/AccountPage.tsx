import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { t } from "../../i18n";
import { session, user } from "../../state/session";
import { sendUnsent, signOut, type Unsent, unsentOnDevice } from "../../state/signOut";
import type { User } from "../../state/types";
import { Avatar } from "../../ui/Avatar";
import { Button } from "../../ui/Button";
import { ConfirmPanel } from "../../ui/ConfirmPanel";
import { Install } from "../install/parts";
import { HOMES } from "../shell/home";
import { usePageTitle } from "../shell/usePageTitle";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import "./account.css";
import { Preferences } from "./Preferences";
import { RecoverForm, useCodeInAddress } from "./RecoverForm";
import { RecoveryCode } from "./RecoveryCode";
import { RegisterForm } from "./RegisterForm";
import { SharingChoice } from "./SharingChoice";
import { SignInForm } from "./SignInForm";
import { StorageCard } from "./StorageCard";
import { unsentWhat } from "./unsentWhat";

/** Signing in and out, language and appearance. */
export function AccountPage() {
	const person = user.value;
	const brought = useCodeInAddress();
	usePageTitle(t(person ? "account.title" : "account.signIn"));
	return (
		<div class="account">
			{person ? <SignedIn person={person} /> : session.value.status !== "loading" && <SignedOut />}
			{person?.isGuest && <RegisterForm />}
			{person?.role === "customer" && <RecoveryCode />}
			{(!person || brought) && session.value.status !== "loading" && (
				<RecoverForm brought={brought} />
			)}
			{person && person.role !== "operator" && <SharingChoice />}
			<Preferences />
			<StorageCard />
			<Install />
		</div>
	);
}

function SignedOut() {
	const { route } = useLocation();
	return (
		<section class="stack-wide">
			<div class="page-head">
				<h1 tabIndex={-1}>{t("account.signIn")}</h1>
				<p class="page-lead">{t("account.lead")}</p>
			</div>
			<SignInForm onSignedIn={() => route(HOMES[user.value?.role ?? "customer"].href)} />
			<p class="row">
				<span class="muted">{t("account.noNeed")}</span>
				<a class="account-browse" href="/">
					{t("account.browse")}
				</a>
			</p>
		</section>
	);
}

function SignedIn({ person }: { person: User }) {
	const { displayName, isGuest, role } = person;
	return (
		<section class="stack-wide">
			<h1 tabIndex={-1}>{t("account.title")}</h1>
			<div class="card account-who">
				<Avatar name={displayName} size={56} shape="round" />
				<div>
					<p class="account-name">
						<bdi>{displayName}</bdi>
					</p>
					<p class="muted small">{t(isGuest ? "account.guest" : `account.role.${role}`)}</p>
				</div>
			</div>
			{isGuest && <p class="muted small">{t("account.guestText")}</p>}
			{role === "operator" && <p class="muted">{t("account.operatorText")}</p>}
			<SignOut isGuest={isGuest} />
		</section>
	);
}

function SignOut({ isGuest }: { isGuest: boolean }) {
	const [step, setStep] = useState<"idle" | "asking" | "leaving">("idle");
	const unsent = unsentOnDevice();
	const leave = async () => {
		setStep("leaving");
		const result = await signOut(unsent !== null);
		if (result.ok) return;
		// What has come up meanwhile is asked about in its turn.
		if (result.error.code === "unsent") return setStep("asking");
		notify({ text: problemText(result.error), icon: "alert" });
		setStep("idle");
	};
	const stay = () => {
		if (unsent) sendUnsent();
		setStep("idle");
	};
	if (step === "idle") {
		return (
			<div>
				<Button icon="signOut" onClick={() => setStep("asking")}>
					{t("account.signOut")}
				</Button>
			</div>
		);
	}
	return (
		<ConfirmPanel
			title={t(unsent ? "account.unsentAsk" : "account.signOutAsk")}
			text={
				[unsent && unsentText(unsent), isGuest && t("account.signOutGuest")]
					.filter(Boolean)
					.join(" ") || t("account.signOutText")
			}
			yes={t(unsent ? "account.unsentYes" : "account.signOutYes")}
			no={t(unsent ? "account.unsentNo" : "account.signOutNo")}
			busy={step === "leaving"}
			onYes={() => void leave()}
			onNo={stay}
		/>
	);
}

const unsentText = (unsent: Unsent) => t("account.unsentText", { what: unsentWhat(unsent) });
