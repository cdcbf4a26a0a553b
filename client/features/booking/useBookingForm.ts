import { useMemo, useState } from "preact/hooks";
import { t } from "../../i18n";
import { checkField, checkForm, type FieldName, isFieldName } from "../../state/bookingChecks";
import { type BookingFields, isTyping } from "../../state/bookingForm";
import { now } from "../../state/clock";
import type { FieldProblem, Problem, Service, Therapist } from "../../state/types";
import type { ErrorItem } from "../../ui/ErrorList";
import { faultText } from "../words";
import { LABELS } from "./labels";
import type { ChatBookingStorage } from "./useChatBookingStorage";
import { type FormContact, isGuarded, useFormContact } from "./useFormContact";

export interface FormControls {
	therapist: Therapist;
	/** The chosen service, if it is still on offer. */
	service: Service | undefined;
	fields: BookingFields;
	change: (change: Partial<BookingFields>) => void;
	/** The person has left the field: from now on it is checked with every key. */
	leave: (field: FieldName) => void;
	/** The sentence to show beside the field. */
	faultOf: (field: FieldName) => string | undefined;
	/** The id of the field's control; several forms can be open at once. */
	idOf: (name: string) => string;
	/** What the last submit found, as long as it is still so. */
	faults: readonly ErrorItem[];
	/** Counts the submits that found something. */
	attempt: number;
	/** The texts that the therapist will read, held against what may be shared. */
	contact: FormContact;
	/** Another object whenever something changes that the choices and the address show. */
	choicesVersion: object;
	/** Whether the form may go on; otherwise everything wrong is shown. */
	submit: () => boolean;
}

/** The booking form of one therapist; `refused` is what the server found wrong with it, `problem` its whole answer. */
export function useBookingForm(
	therapist: Therapist,
	refused: readonly FieldProblem[],
	{ actions }: ChatBookingStorage,
	fields: BookingFields,
	problem: Problem | null,
): FormControls {
	const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
	// What the form has no field for can't be changed here, and so must not stand in the way of another try.
	const [refusals, setRefusals] = useState(() => refused.filter(isForField));
	const [attempt, setAttempt] = useState(refused.some(({ field }) => isFieldName(field)) ? 1 : 0);
	const contact = useFormContact(fields, refused, problem);
	// Checked against the minute: a time that passes while the form is open is noticed, without a check a second.
	const context = { now: Math.floor(now.value / 60_000) * 60_000, therapist };

	const codeOf = (field: FieldName) =>
		checkField(field, fields, context) ??
		refusals.find((fault) => fault.field === field)?.code ??
		(contact.isBlocked(field) ? CONTACT : undefined);
	const change = (patch: Partial<BookingFields>) => {
		actions.continueDraft();
		if (isTyping(patch)) actions.saveDraft(patch);
		else actions.saveDraftImmediately(patch);
		// The same list as long as nothing of it goes: a new one would draw the choices anew.
		setRefusals((faults) =>
			faults.some(({ field }) => field in patch)
				? faults.filter(({ field }) => !(field in patch))
				: faults,
		);
	};
	const { note, customerWhatsApp, ...rest } = fields;
	const choicesVersion = useMemo(
		() => ({}),
		[therapist, actions, left, refusals, attempt, context.now, ...Object.values(rest)],
	);
	const idOf = (name: string) => `${therapist.id}-${name}`;
	const wrong =
		attempt === 0 ? [] : FIELDS.filter((field) => isShown(field, fields) && codeOf(field));
	return {
		therapist,
		service: therapist.services.find(({ id }) => id === fields.serviceId),
		fields,
		change,
		leave(field) {
			actions.leaveField();
			setLeft((fields) => new Set(fields).add(field));
		},
		faultOf(field) {
			const code = attempt > 0 || left.has(field) ? codeOf(field) : undefined;
			// What is to be said of contact details stands below the field, with the words.
			return code && code !== CONTACT ? faultText(field, code) : undefined;
		},
		idOf,
		faults: wrong.map((field) => ({
			target: idOf(field),
			text: listedFault(field, codeOf(field) ?? ""),
		})),
		attempt,
		contact,
		choicesVersion,
		submit() {
			const isAllowed = contact.look();
			const isFine = checkForm(fields, context).length === 0 && refusals.length === 0 && isAllowed;
			if (!isFine) setAttempt(attempt + 1);
			return isFine;
		},
	};
}

const CONTACT = "contact_blocked";

/** Contact details have a place of their own to be told of. */
const isForField = ({ field, code }: FieldProblem): boolean =>
	isFieldName(field) && !(isGuarded(field) && code === CONTACT);

/** There is no address to fill in before the kind of place is chosen. */
function isShown(field: FieldName, { locationType }: BookingFields): boolean {
	return locationType !== null || (field !== "area" && field !== "location");
}

/** The fault as a line of the list: with the field's name where the sentence does not say it. */
function listedFault(field: FieldName, code: string): string {
	const sentence = faultText(field, code);
	const saysItself = code === "required" && CHOICES.has(field);
	return saysItself ? sentence : `${t(LABELS[field])}: ${sentence}`;
}

const CHOICES: ReadonlySet<FieldName> = new Set([
	"serviceId",
	"scheduledTime",
	"locationType",
	"massageFor",
]);
const FIELDS = Object.keys(LABELS) as FieldName[];
