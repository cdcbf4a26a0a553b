import { useState } from "preact/hooks";
import { t } from "../../i18n";
import {
	awaitingConfirmation,
	bookings,
	bookingsLoad,
	loadBookings,
	past,
	pending,
	upcoming,
} from "../../state/bookings";
import { session, user } from "../../state/session";
import { unsent } from "../../state/submit";
import type { Booking } from "../../state/types";
import { Button, LinkButton } from "../../ui/Button";
import { EmptyState } from "../../ui/Place";
import { ListsLoading } from "../../ui/Skeleton";
import { ConversationList } from "../chat/ConversationList";
import { NotForYou } from "../shell/ElsewherePlace";
import { usePageTitle } from "../shell/usePageTitle";
import { AsOf } from "../status/AsOf";
import { LoadFailure } from "../status/LoadFailure";
import { UnsentBanner } from "../status/UnsentBanner";
import { BookingCard } from "./BookingCard";
import "./bookings.css";
import { BrokenBookings } from "./BrokenBookings";
import { useProviders } from "./useProviders";

const PAST_AT_FIRST = 4;

/** The customer's own bookings and chats. */
export function BookingsPage() {
	usePageTitle(t("bookings.title"));
	useProviders([...bookings.value.values()].map(({ therapistId }) => therapistId));
	const person = user.value;
	if (person && person.role !== "customer") {
		return <NotForYou title="bookings.notCustomer" person={person} />;
	}
	return (
		<>
			<div class="page-head">
				<h1 tabIndex={-1}>{t("bookings.title")}</h1>
			</div>
			<Content />
		</>
	);
}

function Content() {
	const isKnown = bookingsLoad.value.state === "ready" || bookings.value.size > 0;
	const isEmpty = bookings.value.size === 0 && unsent.value.length === 0;
	const { state, failure } = bookingsLoad.value;
	if (state === "refused" && failure && !isKnown) {
		return (
			<div class="stack-wide">
				<UnsentBanner />
				<LoadFailure failure={{ status: "error", error: failure }} onRetry={loadBookings} />
			</div>
		);
	}
	if (session.value.status === "signed-out" && isEmpty) return <SignedOut />;
	if (user.value && !isKnown && isEmpty) return <ListsLoading label={t("app.loading")} />;
	if (!user.value && session.value.status === "loading")
		return <ListsLoading label={t("app.loading")} />;
	if (isEmpty) return <NothingYet />;
	return (
		<div class="bookings-room">
			<div class="bookings">
				<div class="stack-wide">
					<AsOf />
					<UnsentBanner />
					<BrokenBookings />
					<Active />
					<Past />
				</div>
				<section class="section" aria-labelledby="chats-title">
					<h2 id="chats-title">{t("chat.conversations")}</h2>
					<ConversationList none={t("chat.noneText")} />
				</section>
			</div>
		</div>
	);
}

function Active() {
	const active = [...awaitingConfirmation.value, ...pending.value, ...upcoming.value];
	return (
		<section class="section" aria-labelledby="active-title">
			<h2 id="active-title">{t("bookings.active")}</h2>
			{active.length > 0 ? (
				<Cards list={active} />
			) : (
				<EmptyState icon="calendar" level={3} title={t("desk.noUpcoming")} actions={<Pick />}>
					<p>{t("bookings.noneText")}</p>
				</EmptyState>
			)}
		</section>
	);
}

function Past() {
	const [isWhole, setWhole] = useState(false);
	const list = past.value;
	if (list.length === 0) return null;
	const shown = isWhole ? list : list.slice(0, PAST_AT_FIRST);
	return (
		<section class="section" aria-labelledby="past-title">
			<h2 id="past-title">{t("bookings.past")}</h2>
			<Cards list={shown} />
			{shown.length < list.length && (
				<div>
					<Button icon="down" onClick={() => setWhole(true)}>
						{t("bookings.morePast")}
					</Button>
				</div>
			)}
		</section>
	);
}

function Cards({ list }: { list: readonly Booking[] }) {
	return (
		<ul class="booking-list">
			{list.map((booking) => (
				<BookingCard key={booking.bookingId} booking={booking} />
			))}
		</ul>
	);
}

function Pick() {
	return (
		<LinkButton look="primary" icon="search" href="/">
			{t("bookings.pick")}
		</LinkButton>
	);
}

function NothingYet() {
	return (
		<EmptyState icon="calendar" title={t("bookings.none")} actions={<Pick />}>
			<p>{t("bookings.noneText")}</p>
		</EmptyState>
	);
}

function SignedOut() {
	const actions = (
		<>
			<Pick />
			<LinkButton icon="signIn" href="/sign-in">
				{t("nav.signIn")}
			</LinkButton>
		</>
	);
	return (
		<EmptyState icon="calendar" title={t("bookings.signedOut")} actions={actions}>
			<p>{t("bookings.signedOutText")}</p>
		</EmptyState>
	);
}
