import { t } from "../../i18n";
import type { Shadow } from "../../state/types";
import { takenFor } from "../contact/contactWords";

/** What the rules on trial would change, by code. */
export function Trial({ shadow }: { shadow: Shadow }) {
	const { version, enforcing, newlyBlocked, newlyAllowed } = shadow;
	return (
		<section class="section" aria-labelledby="trial-title">
			<h2 id="trial-title">{t("operator.shadow")}</h2>
			{version === null ? (
				<p class="muted">{t("operator.noShadow")}</p>
			) : (
				<>
					<p class="muted">{t("operator.shadowText", { version, enforcing })}</p>
					<Counts title={t("operator.newlyBlocked")} counts={newlyBlocked} />
					<Counts title={t("operator.newlyAllowed")} counts={newlyAllowed} />
				</>
			)}
		</section>
	);
}

function Counts({ title, counts }: { title: string; counts: Shadow["newlyBlocked"] }) {
	return (
		<div class="card">
			<table class="operator-counts">
				<caption>{title}</caption>
				<thead>
					<tr>
						<th scope="col">{t("operator.code")}</th>
						<th scope="col">{t("operator.texts")}</th>
						<th scope="col">{t("operator.triesHead")}</th>
					</tr>
				</thead>
				<tbody>
					{counts.map(({ code, texts, tries }) => (
						<tr key={code}>
							<th scope="row">{takenFor(code)}</th>
							<td>{texts}</td>
							<td>{tries}</td>
						</tr>
					))}
					{counts.length === 0 && (
						<tr>
							<td colSpan={3}>{t("operator.noChange")}</td>
						</tr>
					)}
				</tbody>
			</table>
		</div>
	);
}
