import { useEffect, useMemo } from "preact/hooks";
import { type Appealed, refusedAllTheSame } from "../../state/appeals";
import type { BookingFields } from "../../state/bookingForm";
import { ContactWatch, type Warning } from "../../state/contactWatch";
import type { FieldProblem, Problem } from "../../state/types";
import { standingOf } from "../contact/standing";
import { isPasted } from "../contact/useContactWatch";

const GUARDED = ["customerName", "area", "location", "note"] as const;
const BLOCKED = "contact_blocked";
export type GuardedField = (typeof GUARDED)[number];
export const isGuarded = (field: string): field is GuardedField =>
	GUARDED.some((one) => one === field);

/** The texts of a form that another person will read, each with what is wrong with it. */
export interface FormContact {
	typed: (field: GuardedField, text: string, event: Event) => void;
	warningOf: (field: GuardedField) => Warning | null;
	appealedOf: (field: GuardedField) => Appealed;
	isBlocked: (field: string) => boolean;
	/** Looks at all of them now: whether none stands in the way. */
	look: () => boolean;
}

/** `refused` and `problem` are what the server said of the form when it was sent. */
export function useFormContact(
	fields: BookingFields,
	refused: readonly FieldProblem[],
	problem: Problem | null,
): FormContact {
	const watches = useMemo(() => watchesOver(fields, refused, problem), []);
	useEffect(() => {
		for (const { field, code } of refused)
			if (code === BLOCKED && isGuarded(field)) refusedAllTheSame(appealedIn(fields, field));
		return () => {
			for (const field of GUARDED) watches[field].clear();
		};
	}, [watches]);

	const warningOf = (field: GuardedField): Warning | null => {
		const warning = watches[field].warning.value;
		return watches[field].isAbout(fields[field]) ? warning : null;
	};
	const appealedOf = (field: GuardedField): Appealed => appealedIn(fields, field);
	const isBlocked = (field: string): boolean =>
		isGuarded(field) && standingOf(appealedOf(field), warningOf(field)).isBlocked;
	return {
		typed: (field, text, event) => watches[field].typed(text, isPasted(event)),
		warningOf,
		appealedOf,
		isBlocked,
		look() {
			const sent = GUARDED.filter((field) => isSent(field, fields));
			for (const field of sent) watches[field].look(fields[field]);
			return !sent.some(isBlocked);
		},
	};
}

/** There is no address where the provider receives. */
const isSent = (field: GuardedField, { locationType }: BookingFields): boolean =>
	locationType !== "place" || (field !== "area" && field !== "location");

function appealedIn(fields: BookingFields, field: GuardedField): Appealed {
	const kind = field === "area" ? "location" : field;
	return { kind, text: fields[field], conversationId: null };
}

function watchesOver(
	fields: BookingFields,
	refused: readonly FieldProblem[],
	problem: Problem | null,
): Record<GuardedField, ContactWatch> {
	const watches = Object.fromEntries(GUARDED.map((field) => [field, new ContactWatch()])) as Record<
		GuardedField,
		ContactWatch
	>;
	const blocked = refused.filter(({ code }) => code === BLOCKED);
	blocked.forEach(({ field }, at) => {
		if (!isGuarded(field)) return;
		// The server marks the words of the first one only.
		const [reason, spans] = at === 0 && problem ? [problem.reason, problem.spans] : [null, []];
		watches[field].refused(fields[field], reason, spans);
	});
	return watches;
}
