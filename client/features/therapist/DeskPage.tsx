import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import {
	awaitingConfirmation,
	bookingsLoad,
	loadBookings,
	pending,
	upcoming,
} from "../../state/bookings";
import { conversations } from "../../state/conversations";
import { factsAsOf } from "../../state/facts";
import { session, user } from "../../state/session";
import { loadOwnTherapist, ownStatus, ownTherapistId } from "../../state/therapistDesk";
import type { User } from "../../state/types";
import { EmptyState } from "../../ui/Place";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { useSecondTap } from "../../ui/useSecondTap";
import { BrokenBookings } from "../bookings/BrokenBookings";
import { ConversationList } from "../chat/ConversationList";
import { Install } from "../install/parts";
import { AccountCard } from "../payment/AccountCard";
import { NotForYou, SignInFirst } from "../shell/ElsewherePlace";
import { usePageTitle } from "../shell/usePageTitle";
import { LoadFailure } from "../status/LoadFailure";
import { clockTime } from "../words";
import { sound } from "./alertSound";
import { startAlerts } from "./alerts";
import { DutyCard } from "./DutyCard";
import "./desk.css";
import { RequestCard } from "./RequestCard";
import { SessionCard } from "./SessionCard";

/** The therapist's dashboard: requests first, then what is planned, and the switch that says who can book now. */
export function DeskPage() {
	const waiting = pending.value.length;
	usePageTitle(waiting > 0 ? `(${waiting}) ${t("desk.title")}` : t("desk.title"));
	const person = user.value;
	if (person?.role === "therapist") return <Desk person={person} />;
	if (!person && session.value.status !== "signed-out") return <Waiting />;
	if (person) return <NotForYou title="desk.notTherapist" person={person} />;
	return <SignInFirst icon="bell" title="desk.signIn" text="desk.signInText" />;
}

function Desk({ person }: { person: User }) {
	const id = ownTherapistId.value;
	const { state, failure } = bookingsLoad.value;
	// What comes first depends on whether somebody waits: shown before that is known, all would move.
	const isComing =
		state === "loading" && !failure && factsAsOf.value === null && pending.value.length === 0;
	useEffect(startAlerts, []);
	useEffect(() => void (id && loadOwnTherapist()), [id]);
	return (
		<>
			<div class="page-head">
				<h1 tabIndex={-1}>{t("desk.title")}</h1>
				<p class="page-lead">{t("desk.lead", { name: person.displayName })}</p>
			</div>
			{isComing ? <Waiting /> : <Board />}
		</>
	);
}

function Board() {
	return (
		<div class="desk">
			<div class={pending.value.length > 0 ? "desk-grid" : "desk-grid desk-calm"}>
				<div class="desk-main" onClickCapture={useSecondTap()}>
					<BrokenBookings />
					<Requests />
					<Sessions />
				</div>
				<div class="desk-side">
					<div class="desk-duty">
						<DutyCard />
					</div>
					<Chats />
					<AccountCard />
					<Install />
				</div>
			</div>
		</div>
	);
}

function Requests() {
	const { state, failure } = bookingsLoad.value;
	const isReady = state === "ready";
	const list = pending.value;
	return (
		<section class="section" aria-labelledby="desk-requests">
			<h2 id="desk-requests">{t("desk.requests")}</h2>
			<p class="visually-hidden" role="status">
				{list.map(({ customerName: name }) => t("desk.requestFrom", { name })).join(". ")}
			</p>
			{list.length > 0 ? (
				<ul class="stack list">
					{list.map((booking) => (
						<RequestCard key={booking.bookingId} booking={booking} />
					))}
				</ul>
			) : isReady ? (
				<NoRequests />
			) : state === "refused" && failure ? (
				<LoadFailure failure={{ status: "error", error: failure }} onRetry={loadBookings} />
			) : (
				<Loading label={t("app.loading")}>
					<Skeleton height="10rem" />
				</Loading>
			)}
		</section>
	);
}

function NoRequests() {
	const { testedAt } = sound.value;
	const tested = testedAt && t("desk.noRequestsTested", { time: clockTime(testedAt) });
	const text =
		ownStatus.value === "available" ? tested || t("desk.noRequestsOn") : t("desk.noRequestsOff");
	return (
		<div class="card">
			<EmptyState icon="bell" level={3} title={t("desk.noRequests")}>
				<p>{text}</p>
			</EmptyState>
		</div>
	);
}

function Sessions() {
	const list = [...awaitingConfirmation.value, ...upcoming.value];
	const { state } = bookingsLoad.value;
	// Why there is no list is said above, among the requests.
	if (state === "refused" && list.length === 0) return null;
	return (
		<section class="section" aria-labelledby="desk-upcoming">
			<h2 id="desk-upcoming">{t("desk.upcoming")}</h2>
			{list.length > 0 ? (
				<ul class="stack list">
					{list.map((booking) => (
						<SessionCard key={booking.bookingId} booking={booking} />
					))}
				</ul>
			) : state !== "ready" ? (
				<Loading label={t("app.loading")}>
					<Skeleton height="10rem" />
				</Loading>
			) : (
				<div class="card">
					<EmptyState icon="calendar" level={3} title={t("desk.noUpcoming")}>
						<p>{t("desk.noUpcomingText")}</p>
					</EmptyState>
				</div>
			)}
		</section>
	);
}

function Chats() {
	if (bookingsLoad.value.state === "refused" && conversations.value.length === 0) return null;
	return (
		<section class="section" aria-labelledby="desk-chats">
			<h2 id="desk-chats">{t("desk.chats")}</h2>
			<ConversationList none={t("chat.noneDesk")} />
		</section>
	);
}

function Waiting() {
	return (
		<Loading label={t("app.loading")}>
			<div class="stack">
				<Skeleton width="40%" height="2rem" />
				<Skeleton height="9rem" />
				<Skeleton height="9rem" />
			</div>
		</Loading>
	);
}
