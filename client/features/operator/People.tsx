import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { type Part, refusalsOf } from "../../state/oversight";
import type { Problem, Refusal, RefusedPerson } from "../../state/types";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/Place";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { takenFor } from "../contact/contactWords";
import { LoadFailure } from "../status/LoadFailure";
import { dayAndTime } from "../words";
import { Newest } from "./Newest";

/** Who was refused how often; what it was can be opened. */
export function People({ part }: { part: Part<RefusedPerson> }) {
	return (
		<section class="section" aria-labelledby="people-title">
			<h2 id="people-title">{t("operator.people")}</h2>
			{part.items.length === 0 && (
				<EmptyState icon="people" level={3} title={t("operator.noPeople")}>
					<p>{t("operator.noPeopleText")}</p>
				</EmptyState>
			)}
			<ul class="stack">
				{part.items.map((person) => (
					<li key={person.userId} class="card stack">
						<PersonRow person={person} />
					</li>
				))}
			</ul>
			<Newest part={part} />
		</section>
	);
}

function PersonRow({ person }: { person: RefusedPerson }) {
	const [isOpen, setOpen] = useState(false);
	const { displayName: name, refusals, tries, lastAt, userId } = person;
	return (
		<>
			<div class="operator-card-head">
				<div>
					<h3>
						<bdi>{name}</bdi>
					</h3>
					<p class="muted small">
						{t(`account.role.${person.role}`)} ·{" "}
						{t("operator.counts", { tries, texts: refusals, time: dayAndTime(lastAt) })}
					</p>
				</div>
				<Button
					icon={isOpen ? "minus" : "down"}
					aria-expanded={isOpen}
					aria-label={t(isOpen ? "operator.hideNamed" : "operator.showNamed", { name })}
					onClick={() => setOpen(!isOpen)}
				>
					{t(isOpen ? "operator.hide" : "operator.show")}
				</Button>
			</div>
			{isOpen && <Refusals userId={userId} asOf={lastAt} />}
		</>
	);
}

/** `asOf` changes when there is something new to fetch. */
function Refusals({ userId, asOf }: { userId: string; asOf: string }) {
	const [part, setPart] = useState<Part<Refusal> | null>(null);
	const [error, setError] = useState<Problem | null>(null);
	const [attempt, setAttempt] = useState(0);
	useEffect(() => {
		let here = true;
		void refusalsOf(userId).then((result) => {
			if (!here) return;
			if (result.ok) setPart(result.value);
			setError(result.ok ? null : result.error);
		});
		return () => {
			here = false;
		};
	}, [userId, asOf, attempt]);
	if (error)
		return (
			<LoadFailure failure={{ status: "error", error }} onRetry={() => setAttempt(attempt + 1)} />
		);
	if (!part)
		return (
			<Loading label={t("app.loading")}>
				<Skeleton height="4rem" />
			</Loading>
		);
	return (
		<>
			<ul class="operator-refusals">
				{part.items.map((refusal) => (
					<RefusalRow key={refusal.id} refusal={refusal} />
				))}
			</ul>
			<Newest part={part} />
		</>
	);
}

function RefusalRow({ refusal }: { refusal: Refusal }) {
	const { code, redacted, tries, kind, lastAt, enforced, sparedBy } = refusal;
	const notes = [
		t(`operator.kind.${kind}`),
		dayAndTime(lastAt),
		...(tries > 1 ? [t("operator.tries", { count: tries })] : []),
		...(enforced ? [] : [t("operator.trialOnly")]),
		...(sparedBy ? [t("operator.spared")] : []),
	];
	return (
		<li>
			<div class="row">
				<Badge tone={enforced ? "bad" : "plain"}>{takenFor(code)}</Badge>
				<span class="muted small">{notes.join(" · ")}</span>
			</div>
			<p class="operator-text" dir="auto">
				{redacted}
			</p>
		</li>
	);
}
