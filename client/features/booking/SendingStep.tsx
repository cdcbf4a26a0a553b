import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";

const ATTEMPTS = 3;

/** While the booking is on its way: which attempt it is, and that nothing can be lost. */
export function SendingStep({ attempt, isKept }: { attempt: number; isKept: boolean }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const dialog = box.current?.closest<HTMLElement>('[role="dialog"]');
		box.current?.focus();
		// What follows may not ask for the focus; with this step it would be lost to the page.
		return () => dialog?.focus({ preventScroll: true });
	}, []);
	return (
		<div class="sending" tabIndex={-1} ref={box}>
			<span class="spinner" aria-hidden="true" />
			<h3>{t("sending.title")}</h3>
			<p class="muted" role="status">
				{attempt > 1 &&
					`${t("sending.attempt", { attempt, attempts: ATTEMPTS })}. ${t(isKept ? "sending.slow" : "sending.slowUnsaved")}`}
			</p>
		</div>
	);
}
