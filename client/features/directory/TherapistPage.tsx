import { useEffect } from "preact/hooks";
import { locale, t } from "../../i18n";
import { loadTherapist, therapistById } from "../../state/directory";
import { mayBook } from "../../state/rights";
import type { Therapist, TherapistStatus } from "../../state/types";
import { Avatar } from "../../ui/Avatar";
import { LinkButton } from "../../ui/Button";
import { Dotted } from "../../ui/Dotted";
import { Icon } from "../../ui/Icon";
import { EmptyState } from "../../ui/Place";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { BookButton } from "../booking/BookButton";
import { usePageTitle } from "../shell/usePageTitle";
import { LoadFailure } from "../status/LoadFailure";
import { languageNames, money } from "../words";
import { Availability } from "./Availability";
import "./directory.css";
import { Hours } from "./Hours";
import { Services } from "./Services";

/** A provider's own page: what is on offer, for how much, and when. */
export function TherapistPage({ id }: { id: string }) {
	useEffect(() => void loadTherapist(id), [id]);
	const found = therapistById(id).value;
	usePageTitle(found.value?.displayName ?? "");
	if (found.status === "error" && found.error.code === "not_found") return <Missing />;
	return (
		<>
			{(found.status === "error" || found.status === "offline") && (
				<LoadFailure failure={found} onRetry={() => void loadTherapist(id)} />
			)}
			{found.value ? (
				<Profile therapist={found.value} />
			) : (
				found.status === "loading" && <Waiting />
			)}
		</>
	);
}

function Profile({ therapist }: { therapist: Therapist }) {
	const { id, displayName, photoUrl, area, kind, languages, status } = therapist;
	const about = locale.value === "id" ? therapist.aboutId : therapist.aboutEn;
	return (
		<article class="profile">
			<div class="stack-wide">
				<header class="profile-head">
					<Avatar name={displayName} photoUrl={photoUrl} size={104} />
					<div class="profile-words">
						<h1 tabIndex={-1}>
							<bdi>{displayName}</bdi>
						</h1>
						<div class="muted small">
							<Dotted>
								{t(`provider.${kind}`)}
								<bdi>{area}</bdi>
							</Dotted>
							<p>{t("directory.speaks", { languages: languageNames(languages) })}</p>
						</div>
						<Availability status={status} />
					</div>
				</header>
				{about && (
					<p class="profile-about" dir="auto">
						{about}
					</p>
				)}
				<Services therapist={therapist} />
			</div>
			<aside class="profile-side stack-wide" aria-label={t("provider.good")}>
				{mayBook.value ? (
					<div class="profile-book">
						<BookNow id={id} status={status} wide />
					</div>
				) : (
					<p class="muted small">{t("provider.customersBook")}</p>
				)}
				<Facts therapist={therapist} />
				<Hours hours={therapist.hours} timezone={therapist.timezone} />
			</aside>
			{mayBook.value && (
				<div class="profile-bar">
					<Availability status={status} />
					<BookNow id={id} status={status} />
				</div>
			)}
		</article>
	);
}

interface BookNowProps {
	id: string;
	status: TherapistStatus;
	wide?: boolean;
}

function BookNow({ id, status, wide }: BookNowProps) {
	return (
		<BookButton
			therapistId={id}
			look="primary"
			icon={wide ? "calendar" : undefined}
			wide={wide}
			unavailable={status === "offline"}
		>
			{t("directory.book")}
		</BookButton>
	);
}

function Facts({ therapist }: { therapist: Therapist }) {
	const { travelFee, currency, capacity } = therapist;
	return (
		<ul class="facts">
			<li class="fact">
				<Icon name="pin" />
				{travelFee > 0 ? (
					<span>
						{t("provider.travelFee", { price: money(travelFee, currency) })}
						<span class="fact-note">{t("provider.travelFeeNote")}</span>
					</span>
				) : (
					t("provider.noTravelFee")
				)}
			</li>
			{capacity > 1 && (
				<li class="fact">
					<Icon name="people" />
					{t("provider.capacity", { count: capacity })}
				</li>
			)}
		</ul>
	);
}

function Missing() {
	return (
		<EmptyState
			icon="search"
			level={1}
			title={t("provider.missing")}
			actions={
				<LinkButton look="primary" href="/">
					{t("provider.all")}
				</LinkButton>
			}
		>
			<p>{t("provider.missingText")}</p>
		</EmptyState>
	);
}

function Waiting() {
	return (
		<Loading label={t("app.loading")}>
			<div class="stack-wide">
				<div class="profile-head">
					<Skeleton width="104px" height="104px" />
					<div class="stack">
						<Skeleton width="10rem" height="1.75rem" />
						<Skeleton width="7rem" />
					</div>
				</div>
				<Skeleton height="4rem" />
				<Skeleton height="14rem" />
			</div>
		</Loading>
	);
}
