import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Problem, Result } from "../../state/types";
import type { ErrorItem } from "../../ui/ErrorList";
import { faultText } from "../words";

/** A field of a form about an account: its label, and whether it may be sent as it is. */
export interface Entry {
	name: string;
	id: string;
	label: string;
	check: (value: string) => string | null;
	/** What a fault of this field is called, where it has a sentence of its own. */
	says?: (code: string) => string;
}

/** What is typed into a short form (`begun`: what stands in it at first), what is wrong with it, and sending it once. */
export function useEntries(
	entries: readonly Entry[],
	begun: Readonly<Record<string, string>> = {},
) {
	const [values, setValues] = useState(begun);
	const [attempt, setAttempt] = useState(0);
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const typedIn = (name: string) => values[name] ?? "";
	const codeOf = ({ name, check }: Entry) =>
		check(typedIn(name)) ?? refusal?.errors.find(({ field }) => field === name)?.code;
	const faultOf = (entry: Entry) => {
		const code = attempt > 0 ? codeOf(entry) : undefined;
		if (!code) return undefined;
		return entry.says ? entry.says(code) : faultText(entry.name, code);
	};
	const faults: ErrorItem[] = entries.flatMap((entry) => {
		const text = faultOf(entry);
		return text ? [{ target: entry.id, text: `${entry.label}: ${text}` }] : [];
	});
	return {
		typedIn,
		faultOf,
		faults,
		attempt,
		busy,
		/** What was refused that belongs to no field. */
		refusal: refusal && faults.length === 0 ? refusal : null,
		set(name: string, value: string) {
			setRefusal(null);
			setValues((before) => ({ ...before, [name]: value }));
		},
		async send<Value>(act: () => Promise<Result<Value>>): Promise<Value | null> {
			if (busy) return null;
			setRefusal(null);
			setAttempt(attempt + 1);
			if (entries.some(({ name, check }) => check(typedIn(name)) !== null)) return null;
			setBusy(true);
			const result = await act();
			setBusy(false);
			if (result.ok) return result.value;
			setRefusal(result.error);
			return null;
		},
	};
}

export const required = (value: string) => (value.trim() === "" ? "required" : null);
/** What the server takes (app/domain/registration.py), so that all that is wrong with a form is said at once. */
const EMAIL =
	/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const LONGEST_EMAIL = 254;

export const emailEntry = (id: string): Entry => ({
	name: "email",
	id,
	label: t("account.email"),
	check: (value) => {
		const address = value.trim().toLowerCase();
		if (address.length > LONGEST_EMAIL) return "too_long";
		return required(value) ?? (EMAIL.test(address) ? null : "invalid_email");
	},
});
