import { t } from "../../i18n/front";
import {
	type DirectoryFilters,
	directoryFilters,
	setDirectoryFilters,
} from "../../state/directory";
import { Chip } from "../../ui/Badge";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";

const KINDS = ["", "therapist", "place"] as const;

interface FiltersProps {
	areas: readonly string[];
	/** How many match; null while that is not known. */
	count: number | null;
}

/** Search and filters; each change is asked for at once. */
export function Filters({ areas, count }: FiltersProps) {
	const { q, area, kind, available } = directoryFilters.value;
	return (
		<search class="filters" aria-label={t("directory.filters")}>
			<div class="filters-search">
				<Icon name="search" />
				<input
					type="search"
					class="control"
					aria-label={t("directory.search")}
					placeholder={t("directory.search")}
					value={q}
					maxLength={80}
					enterkeyhint="search"
					onInput={(event) => setDirectoryFilters({ q: event.currentTarget.value })}
				/>
			</div>
			<div class="filters-row">
				<Select
					id="filter-area"
					label={t("directory.area")}
					hideLabel
					value={area}
					choices={[
						{ value: "", label: t("directory.areaAny") },
						...areas.map((name) => ({ value: name, label: name })),
					]}
					onValue={(value) => setDirectoryFilters({ area: value })}
				/>
				<Select
					id="filter-kind"
					label={t("directory.kind")}
					hideLabel
					value={kind}
					choices={KINDS.map((value) => ({
						value,
						label: t(value === "" ? "directory.kindAny" : `directory.kind.${value}`),
					}))}
					onValue={(value: DirectoryFilters["kind"]) => setDirectoryFilters({ kind: value })}
				/>
				<Chip
					pressed={available}
					icon="available"
					onPress={(pressed) => setDirectoryFilters({ available: pressed })}
				>
					{t("directory.available")}
				</Chip>
				<p class="filters-count" role="status">
					{count !== null && t("directory.count", { count })}
				</p>
			</div>
		</search>
	);
}
