import { t } from "../../i18n/front";
import type { Therapist } from "../../state/types";
import { Avatar } from "../../ui/Avatar";
import { Dotted } from "../../ui/Dotted";
import { BookButton } from "../booking/BookButton";
import { languageNames, money } from "../frontWords";
import { TherapistPage } from "../shell/pages";
import { Availability } from "./Availability";

function lowestPrice(therapist: Therapist): string | null {
	const cheapest = therapist.services.reduce<number | null>(
		(lowest, { price }) => (lowest === null || price < lowest ? price : lowest),
		null,
	);
	return cheapest === null ? null : money(cheapest, therapist.currency);
}

/** A provider in the directory; the whole card leads to the profile. */
export function ProviderCard({ therapist, early }: { therapist: Therapist; early: boolean }) {
	const { id, displayName, photoUrl, area, kind, languages, status } = therapist;
	const price = lowestPrice(therapist);
	return (
		<li class="provider">
			<div class="provider-photo">
				<Avatar name={displayName} photoUrl={photoUrl} size={84} lazy={!early} />
			</div>
			<h2 class="provider-name">
				<a
					href={`/therapists/${encodeURIComponent(id)}`}
					onPointerDown={TherapistPage.preload}
					onFocus={TherapistPage.preload}
				>
					<bdi>{displayName}</bdi>
				</a>
			</h2>
			<div class="provider-lines">
				<Dotted>
					{t(`provider.${kind}`)}
					<bdi>{area}</bdi>
				</Dotted>
				<span>{t("directory.speaks", { languages: languageNames(languages) })}</span>
				<Availability status={status} />
			</div>
			<div class="provider-foot">
				<p class="provider-price">
					{price && (
						<>
							{t("directory.from")} <strong>{price}</strong>
						</>
					)}
				</p>
				<BookButton
					therapistId={id}
					look={status === "available" ? "primary" : "quiet"}
					aria-label={t("directory.bookNamed", { name: displayName })}
					unavailable={status === "offline" || therapist.services.length === 0}
				>
					{t("directory.book")}
				</BookButton>
			</div>
		</li>
	);
}
