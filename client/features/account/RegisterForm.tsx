import { t } from "../../i18n";
import { register } from "../../state/keeping";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { ErrorList } from "../../ui/ErrorList";
import { TextField } from "../../ui/Field";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { type Entry, emailEntry, useEntries } from "./useEntries";

/** The server's shortest password, in characters (docs/protocol.md). */
const SHORTEST = 10;

/** A guest takes an e-mail and a password, and keeps everything (R10). */
export function RegisterForm() {
	const email = emailEntry("register-email");
	const password: Entry = {
		name: "password",
		id: "register-password",
		label: t("account.password"),
		check: (value) =>
			value === "" ? "required" : [...value].length < SHORTEST ? "too_short" : null,
	};
	const form = useEntries([email, password]);
	const send = async () => {
		const made = await form.send(() =>
			register(form.typedIn("email").trim(), form.typedIn("password")),
		);
		if (made) notify({ text: t("register.done"), icon: "check" });
	};
	return (
		<section class="section" aria-labelledby="register-title">
			<h2 id="register-title">{t("register.title")}</h2>
			<p class="muted small">{t("register.text")}</p>
			<form
				class="account-form"
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					void send();
				}}
			>
				<ErrorList level={3} title={t("form.errors")} items={form.faults} attempt={form.attempt} />
				{form.refusal && (
					<Banner tone="bad" live="assertive">
						{problemText(form.refusal)}
					</Banner>
				)}
				<TextField
					id={email.id}
					type="email"
					dir="ltr"
					inputMode="email"
					autocomplete="username"
					autocapitalize="none"
					spellcheck={false}
					label={email.label}
					value={form.typedIn("email")}
					error={form.faultOf(email)}
					onValue={(value) => form.set("email", value)}
				/>
				<TextField
					id={password.id}
					type="password"
					dir="ltr"
					autocomplete="new-password"
					label={password.label}
					hint={t("register.passwordHint", { count: SHORTEST })}
					value={form.typedIn("password")}
					error={form.faultOf(password)}
					onValue={(value) => form.set("password", value)}
				/>
				<Button type="submit" look="primary" wide busy={form.busy}>
					{t("register.submit")}
				</Button>
			</form>
		</section>
	);
}
