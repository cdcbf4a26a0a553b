import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { signIn } from "../../state/arriving";
import type { Problem } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { type ErrorItem, ErrorList } from "../../ui/ErrorList";
import { TextField } from "../../ui/Field";
import { problemText } from "../status/problemText";

interface SignInFormProps {
	onSignedIn: () => void;
}

/** E-mail and password. What is wrong is said without telling which of the two it was. */
export function SignInForm({ onSignedIn }: SignInFormProps) {
	const [email, setEmail] = useState("");
	const [password, setPassword] = useState("");
	const [attempt, setAttempt] = useState(0);
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const missing = (value: string) =>
		attempt > 0 && value.trim() === "" ? t("error.required") : undefined;
	const faults: ErrorItem[] = [
		...(missing(email)
			? [{ target: "email", text: `${t("account.email")}: ${missing(email)}` }]
			: []),
		...(missing(password)
			? [{ target: "password", text: `${t("account.password")}: ${missing(password)}` }]
			: []),
	];

	const send = async () => {
		setRefusal(null);
		if (email.trim() === "" || password === "") {
			setAttempt(attempt + 1);
			return;
		}
		setBusy(true);
		const result = await signIn(email.trim(), password);
		setBusy(false);
		if (result.ok) onSignedIn();
		else setRefusal(result.error);
	};

	return (
		<form
			class="account-form"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (!busy) void send();
			}}
		>
			<ErrorList level={2} title={t("form.errors")} items={faults} attempt={attempt} />
			{refusal && (
				<Banner tone="bad" live="assertive">
					{problemText(refusal)}
				</Banner>
			)}
			<TextField
				id="email"
				type="email"
				dir="ltr"
				inputMode="email"
				autocomplete="username"
				autocapitalize="none"
				spellcheck={false}
				label={t("account.email")}
				value={email}
				error={missing(email)}
				onValue={setEmail}
			/>
			<TextField
				id="password"
				type="password"
				dir="ltr"
				autocomplete="current-password"
				label={t("account.password")}
				value={password}
				error={missing(password)}
				onValue={setPassword}
			/>
			<Button type="submit" look="primary" wide busy={busy}>
				{t("account.submit")}
			</Button>
		</form>
	);
}
