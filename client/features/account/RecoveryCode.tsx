import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { type RecoveryCode as Code, makeRecoveryCode } from "../../state/keeping";
import { Button } from "../../ui/Button";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { dayAndTime } from "../words";
import { QrCode } from "./QrCode";

/** A short code, and the same as a picture, that opens everything of this person on another phone. */
export function RecoveryCode() {
	const [code, setCode] = useState<Code | null>(null);
	const [busy, setBusy] = useState(false);
	const make = async () => {
		setBusy(true);
		const result = await makeRecoveryCode();
		setBusy(false);
		if (result.ok) setCode(result.value);
		else notify({ text: problemText(result.error), icon: "alert" });
	};
	return (
		<section class="section" aria-labelledby="code-title">
			<h2 id="code-title">{t("code.title")}</h2>
			<p class="muted small">{t("code.text")}</p>
			{code && (
				<div class="card recovery-code" role="status">
					<QrCode text={code.url} label={t("code.picture")} />
					<p class="recovery-letters" dir="ltr">
						{code.code}
					</p>
					<p class="muted small">{t("code.until", { time: dayAndTime(code.expiresAt) })}</p>
					<p class="muted small">{t("code.secret")}</p>
				</div>
			)}
			<div>
				<Button icon="device" busy={busy} onClick={() => void make()}>
					{t(code ? "code.another" : "code.make")}
				</Button>
			</div>
		</section>
	);
}
