import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { t } from "../../i18n";
import { recover } from "../../state/arriving";
import { user } from "../../state/session";
import { unsentOnDevice } from "../../state/signOut";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { ConfirmPanel } from "../../ui/ConfirmPanel";
import { TextField } from "../../ui/Field";
import { HOMES } from "../shell/home";
import { problemText } from "../status/problemText";
import { type Entry, required, useEntries } from "./useEntries";

const IN_ADDRESS = "#recover=";

/** The code that the address brought last: another picture may be scanned while this page is open. */
export function useCodeInAddress(): string {
	const [brought, setBrought] = useState(codeInAddress);
	useEffect(() => {
		const look = () => setBrought((before) => codeInAddress() || before);
		addEventListener("hashchange", look);
		return () => removeEventListener("hashchange", look);
	}, []);
	return brought;
}

/** It is taken out of the address at once, or it would stay in the history. */
function codeInAddress(): string {
	if (!location.hash.startsWith(IN_ADDRESS)) return "";
	// Taken as it is: a code has nothing to decode, and what cannot be decoded would break the page at every load.
	const code = location.hash.slice(IN_ADDRESS.length).slice(0, 40);
	history.replaceState(history.state, "", location.pathname + location.search);
	return code;
}

/** "I have a code": this device becomes the one of the person whose code it is. */
export function RecoverForm({ brought }: { brought: string }) {
	const { route } = useLocation();
	const [isAsking, setAsking] = useState(false);
	const code: Entry = {
		name: "code",
		id: "recover-code",
		label: t("recover.code"),
		check: required,
		says: (fault) => t(fault === "required" ? "error.required" : "recover.wrong"),
	};
	const form = useEntries([code]);
	useEffect(() => {
		if (brought) form.set("code", brought);
	}, [brought]);
	const send = async () => {
		setAsking(false);
		const person = await form.send(() => recover(form.typedIn("code").trim()));
		if (person) route(HOMES[person.role].href);
	};
	// Whoever is here now is signed out by it; that is said first.
	const press = () => (user.value && form.typedIn("code").trim() ? setAsking(true) : void send());
	return (
		<section class="section" aria-labelledby="recover-title">
			<h2 id="recover-title">{t("recover.title")}</h2>
			<p class="muted small">{t("recover.text")}</p>
			<form
				class="account-form"
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					press();
				}}
			>
				{form.refusal && (
					<Banner tone="bad" live="assertive">
						{problemText(form.refusal)}
					</Banner>
				)}
				<TextField
					id={code.id}
					dir="ltr"
					autocomplete="one-time-code"
					autocapitalize="characters"
					spellcheck={false}
					label={code.label}
					hint={t("recover.hint")}
					value={form.typedIn("code")}
					error={form.faultOf(code)}
					onValue={(value) => form.set("code", value)}
				/>
				{isAsking ? (
					<ConfirmPanel
						title={t("recover.ask")}
						text={t(unsentOnDevice() ? "recover.askUnsent" : "recover.askText")}
						yes={t("recover.yes")}
						no={t("recover.no")}
						onYes={() => void send()}
						onNo={() => setAsking(false)}
					/>
				) : (
					<Button type="submit" wide busy={form.busy}>
						{t("recover.submit")}
					</Button>
				)}
			</form>
		</section>
	);
}
