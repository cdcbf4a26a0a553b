import { useEffect } from "preact/hooks";
import { t } from "../../i18n/front";
import {
	clearDirectoryFilters,
	directory,
	directoryAreas,
	directoryFilters,
	followDirectory,
	loadDirectory,
} from "../../state/directory";
import type { Therapist } from "../../state/types";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/Place";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { Install } from "../install/parts";
import { usePageTitle } from "../shell/usePageTitle";
import { LoadFailure } from "../status/LoadFailure";
import "./directory.css";
import { Filters } from "./Filters";
import { ProviderCard } from "./ProviderCard";

/** So many cards fit on the first screen; their pictures are fetched at once. */
const EARLY_CARDS = 4;

/** The front page: everyone who can be booked, with search and filters. */
export function DirectoryPage() {
	usePageTitle(t("directory.title"));
	useEffect(() => void loadDirectory(), []);
	useEffect(followDirectory, []);
	const found = directory.value;
	return (
		<>
			<div class="page-head">
				<h1 tabIndex={-1}>{t("directory.title")}</h1>
				<p class="page-lead">{t("directory.lead")}</p>
			</div>
			<Filters areas={directoryAreas.value} count={found.value?.length ?? null} />
			<section aria-label={t("directory.results")}>
				{found.status !== "ready" && found.status !== "loading" && (
					<LoadFailure failure={found} onRetry={() => void loadDirectory()} />
				)}
				{found.value ? <Providers list={found.value} /> : found.status === "loading" && <Waiting />}
			</section>
			{found.value && <Install />}
		</>
	);
}

function isFiltered(): boolean {
	const { q, area, kind, available } = directoryFilters.value;
	return q !== "" || area !== "" || kind !== "" || available;
}

function Providers({ list }: { list: readonly Therapist[] }) {
	const clear = isFiltered() && (
		<Button look="plain" icon="close" onClick={clearDirectoryFilters}>
			{t("directory.clear")}
		</Button>
	);
	if (list.length === 0) {
		return (
			<EmptyState icon="search" title={t("directory.none")} actions={clear}>
				<p>{t("directory.noneText")}</p>
			</EmptyState>
		);
	}
	return (
		<>
			{clear && <div class="found">{clear}</div>}
			<ul class="providers">
				{list.map((therapist, index) => (
					<ProviderCard key={therapist.id} therapist={therapist} early={index < EARLY_CARDS} />
				))}
			</ul>
		</>
	);
}

function Waiting() {
	return (
		<Loading label={t("app.loading")}>
			<div class="providers">
				{[1, 2, 3, 4, 5, 6].map((card) => (
					<div class="provider" key={card}>
						<div class="provider-photo">
							<Skeleton width="84px" height="84px" />
						</div>
						<Skeleton width="60%" height="1.4rem" />
						<div class="provider-lines">
							<Skeleton width="80%" />
							<Skeleton width="45%" />
						</div>
						<div class="provider-foot">
							<Skeleton width="5rem" height="2rem" />
							<Skeleton width="7rem" height="2.75rem" />
						</div>
					</div>
				))}
			</div>
		</Loading>
	);
}
