import { t } from "../../i18n/front";
import type { Loadable } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/Place";
import { clockTime } from "../frontWords";

type Failure = Extract<Loadable<unknown>, { status: "error" | "offline" }>;

interface LoadFailureProps {
	failure: Failure;
	/** Left out where it is tried again by itself. */
	onRetry?: () => void;
}

/** Says that something could not be loaded: above what was known before, or in its place. */
export function LoadFailure({ failure, onRetry }: LoadFailureProps) {
	const offline = failure.status === "offline";
	const title = t(offline ? "problem.offline" : "problem.failed");
	const text = failure.error.detail || t(offline ? "problem.offlineText" : "problem.failedText");
	const retry = onRetry && (
		<Button icon="refresh" onClick={onRetry}>
			{t("app.retry")}
		</Button>
	);
	if (failure.value === undefined) {
		return (
			<ErrorState icon={offline ? "unlinked" : "alert"} title={title} actions={retry}>
				<p>{text}</p>
			</ErrorState>
		);
	}
	const asOf = offline ? failure.asOf : undefined;
	return (
		<Banner
			tone="warn"
			icon={offline ? "unlinked" : "alert"}
			title={title}
			actions={retry}
			live="polite"
		>
			{asOf === undefined ? text : t("app.asOf", { time: clockTime(asOf) })}
		</Banner>
	);
}
