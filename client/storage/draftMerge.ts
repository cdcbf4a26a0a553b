/** Two copies of one draft, and what both came from: what they make together. Pure. */
import { type BookingFields, DRAFT_FIELDS, type DraftField } from "./draftFields";
import type { Ask } from "./draftShared";

/** What is one choice to a person is merged as one: a time without its "later" would be none. */
const TOGETHER: readonly (readonly DraftField[])[] = [["scheduledTime", "when"]];

/** The units of a merge; the first field of each names it. */
export const UNITS: readonly (readonly DraftField[])[] = [
	...TOGETHER,
	...DRAFT_FIELDS.filter((field) => !TOGETHER.flat().includes(field)).map((field) => [field]),
];

export interface Merged {
	fields: BookingFields;
	/** What was changed on both sides: `fields` has mine, the question has theirs. */
	asks: readonly Omit<Ask, "since">[];
}

/**
 * `base` is what both sides had. What one side changed is taken; what both changed differently stays as it is on this
 * side, and is asked about. Fields in `held` are being typed on this side: they never change without a question.
 */
export function mergeDrafts(
	base: BookingFields,
	mine: BookingFields,
	theirs: BookingFields,
	held: ReadonlySet<DraftField> = new Set(),
): Merged {
	const fields: BookingFields = { ...mine };
	const asks: Omit<Ask, "since">[] = [];
	for (const unit of UNITS) {
		const [field] = unit;
		if (!field || isSame(unit, mine, theirs) || isSame(unit, base, theirs)) continue;
		const other = pick(unit, theirs);
		const isMineToKeep = !isSame(unit, base, mine) || unit.some((name) => held.has(name));
		if (isMineToKeep) asks.push({ field, theirs: other });
		else Object.assign(fields, other);
	}
	return { fields, asks };
}

/**
 * What both sides had, when it is not known which of the drafts in `sent` arrived: where `theirs` says what this side
 * sent, it is this side's own word, and nobody else's change.
 */
export function baseAfter(
	base: BookingFields,
	sent: readonly BookingFields[],
	theirs: BookingFields,
): BookingFields {
	const own = UNITS.filter((unit) => sent.some((one) => isSame(unit, one, theirs)));
	return { ...base, ...pick(own.flat(), theirs) };
}

/** Whether two drafts say the same; spaces around a text say nothing. */
export const isSameDraft = (one: BookingFields, other: BookingFields): boolean =>
	isSame(DRAFT_FIELDS, one, other);

/** The fields that are merged together with `field`, itself among them. */
export const unitOf = (field: DraftField): readonly DraftField[] =>
	UNITS.find((unit) => unit.includes(field)) ?? [field];

/** The named fields alone. */
export function pick(names: readonly DraftField[], from: BookingFields): Partial<BookingFields> {
	return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function isSame(names: readonly DraftField[], one: BookingFields, other: BookingFields): boolean {
	return names.every((name) => bare(one[name]) === bare(other[name]));
}

const bare = (value: string | null) => (value === null ? null : value.trim());
