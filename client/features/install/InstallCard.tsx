import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { type InstallWay, installWay, promptInstall } from "../../state/install";
import { Button } from "../../ui/Button";
import { appName } from "../shell/boot";
import { notify } from "../status/notices";
import "./install.css";

const STEPS: Record<
	"ios" | "ios-other",
	readonly ["install.ios1" | "install.other1", "install.ios2", "install.ios3"]
> = {
	ios: ["install.ios1", "install.ios2", "install.ios3"],
	"ios-other": ["install.other1", "install.ios2", "install.ios3"],
};

/** The app on the home screen: the browser's own prompt, or what to tap where there is none. */
export function InstallCard() {
	const way = installWay.value;
	const [isOpen, setOpen] = useState(false);
	if (way === null) return null;
	const press = async () => {
		if (way !== "prompt") return setOpen(!isOpen);
		if (await promptInstall()) notify({ text: t("install.done"), icon: "check" });
	};
	return (
		<section class="card install" aria-labelledby="install-title">
			<div>
				<h2 id="install-title">{t("install.title", { app: appName })}</h2>
				<p class="muted small">{t("install.text")}</p>
			</div>
			<Button
				icon="device"
				aria-expanded={way === "prompt" ? undefined : isOpen}
				onClick={() => void press()}
			>
				{t(way === "prompt" ? "install.do" : "install.how")}
			</Button>
			{isOpen && <Steps way={way} />}
		</section>
	);
}

function Steps({ way }: { way: InstallWay }) {
	if (way !== "ios" && way !== "ios-other") return null;
	return (
		<ol class="install-steps">
			{STEPS[way].map((key) => (
				<li key={key}>{t(key)}</li>
			))}
		</ol>
	);
}
