import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import {
	forgetOversight,
	loadOversight,
	type Oversight,
	oversight,
	refreshOversight,
} from "../../state/oversight";
import { session, user } from "../../state/session";
import { Button } from "../../ui/Button";
import { ListsLoading } from "../../ui/Skeleton";
import { NotForYou, SignInFirst } from "../shell/ElsewherePlace";
import { usePageTitle } from "../shell/usePageTitle";
import { LoadFailure } from "../status/LoadFailure";
import { clockTime } from "../words";
import { Appeals } from "./Appeals";
import "./operator.css";
import { People } from "./People";
import { Reveals } from "./Reveals";
import { Trail } from "./Trail";
import { Trial } from "./Trial";

/** What the filter refused, appeals, rules on trial, the audit trail: for the operator. */
export function OperatorPage() {
	usePageTitle(t("operator.title"));
	const person = user.value;
	if (person?.role === "operator") return <Desk key={person.id} />;
	if (person) return <NotForYou title="operator.notOperator" person={person} />;
	if (session.value.status === "loading") return <ListsLoading label={t("app.loading")} />;
	return <SignInFirst icon="checks" title="operator.signedOut" text="operator.signedOutText" />;
}

function Desk() {
	useEffect(() => {
		void loadOversight();
		const look = () => document.visibilityState === "visible" && refreshOversight();
		addEventListener("focus", look);
		document.addEventListener("visibilitychange", look);
		return () => {
			removeEventListener("focus", look);
			document.removeEventListener("visibilitychange", look);
			forgetOversight();
		};
	}, []);
	const state = oversight.value;
	return (
		<div class="operator">
			<div class="operator-head">
				<div class="page-head">
					<h1 tabIndex={-1}>{t("operator.title")}</h1>
					<p class="page-lead">{t("operator.lead")}</p>
				</div>
				<div class="row">
					<Button
						icon="refresh"
						busy={state.status === "loading"}
						onClick={() => void loadOversight()}
					>
						{t("operator.reload")}
					</Button>
					{state.status === "ready" && (
						<span class="muted small">{t("operator.asOf", { time: clockTime(state.asOf) })}</span>
					)}
				</div>
			</div>
			{(state.status === "error" || state.status === "offline") && (
				<LoadFailure failure={state} onRetry={() => void loadOversight()} />
			)}
			{state.value ? (
				<Parts seen={state.value} />
			) : (
				state.status === "loading" && <ListsLoading label={t("app.loading")} />
			)}
		</div>
	);
}

function Parts({ seen }: { seen: Oversight }) {
	return (
		<div class="operator-grid">
			<div class="stack-wide">
				<Appeals part={seen.appeals} />
				<People part={seen.people} />
			</div>
			<div class="stack-wide">
				<Trial shadow={seen.shadow} />
				<Trail part={seen.trail} />
				<Reveals part={seen.reveals} />
			</div>
		</div>
	);
}
