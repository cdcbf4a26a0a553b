import { Component, type ComponentChildren } from "preact";
import { t } from "../../i18n/front";
import { saveTyped } from "../../state/saving";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/Place";

interface CrashGuardProps {
	children: ComponentChildren;
}

/** In place of a page that broke: a sentence and a way out, instead of nothing. What was being typed is saved first. */
export class CrashGuard extends Component<CrashGuardProps, { isBroken: boolean }> {
	override state = { isBroken: false };

	static override getDerivedStateFromError() {
		return { isBroken: true };
	}

	override componentDidCatch(): void {
		saveTyped();
	}

	override render({ children }: CrashGuardProps, { isBroken }: { isBroken: boolean }) {
		return isBroken ? <Crashed /> : children;
	}
}

/** Also for a page that could not even start. */
export function Crashed() {
	return (
		<main class="content" id="content">
			<ErrorState
				icon="alert"
				title={t("app.crashed")}
				actions={
					<Button look="primary" icon="refresh" onClick={() => location.reload()}>
						{t("app.reload")}
					</Button>
				}
			>
				<p>{t("app.crashedText")}</p>
			</ErrorState>
		</main>
	);
}
