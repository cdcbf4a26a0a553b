import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { loadAllWords, t } from "../../i18n/front";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/Place";
import { Loading, Skeleton } from "../../ui/Skeleton";

const RETRY_MS = 10_000;

type Part<Props> = ComponentType<Props>;

interface Later<Props> {
	(props: Props): VNode | null;
	/** Begins to fetch the part, e.g. when a finger nears the button that needs it. */
	preload: () => void;
}

/**
 * A part of the app that is fetched, with the words for it, when it is first needed. While it comes, its room is
 * kept; if it does not come, it says so and can be tried again. A `quiet` one has no room of its own: nothing is shown
 * until it is there, and it is tried again by itself.
 */
export function later<Props extends object>(
	load: () => Promise<Part<Props>>,
	isQuiet?: "quiet",
): Later<Props> {
	let ready: Part<Props> | null = null;
	let coming: Promise<Part<Props>> | null = null;

	const fetchPart = () => {
		coming ??= Promise.all([load(), loadAllWords()]).then(
			([part]) => {
				ready = part;
				return part;
			},
			(reason: unknown) => {
				coming = null;
				throw reason;
			},
		);
		return coming;
	};

	function LaterPart(props: Props) {
		const [state, setState] = useState<"coming" | "ready" | "failed">(ready ? "ready" : "coming");
		useEffect(() => {
			if (state !== "coming") return;
			let here = true;
			fetchPart().then(
				() => here && setState("ready"),
				() => here && setState("failed"),
			);
			return () => {
				here = false;
			};
		}, [state]);
		useEffect(() => {
			if (state !== "failed" || !isQuiet) return;
			const timer = setTimeout(() => setState("coming"), RETRY_MS);
			return () => clearTimeout(timer);
		}, [state]);
		const Ready = ready as Part<object> | null;
		if (state === "ready" && Ready) return <Ready {...props} />;
		if (isQuiet) return null;
		return state === "failed" ? <PartFailed onRetry={() => setState("coming")} /> : <PartComing />;
	}
	LaterPart.preload = () => void fetchPart().catch(() => undefined); // The screen itself will say so if it is needed.
	return LaterPart;
}

function PartComing() {
	return (
		<Loading label={t("app.loading")}>
			<div class="stack">
				<Skeleton width="55%" height="2rem" />
				<Skeleton height="6rem" />
				<Skeleton height="6rem" />
			</div>
		</Loading>
	);
}

function PartFailed({ onRetry }: { onRetry: () => void }) {
	return (
		<ErrorState
			icon="unlinked"
			title={t("app.pageBroken")}
			actions={
				<Button look="primary" icon="refresh" onClick={onRetry}>
					{t("app.retry")}
				</Button>
			}
		>
			<p>{t("app.pageBrokenText")}</p>
		</ErrorState>
	);
}
