import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { saveBankAccount } from "../../state/bankAccount";
import type { BankAccount, Problem } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { ErrorList } from "../../ui/ErrorList";
import { TextField } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { type Entry, required, useEntries } from "../account/useEntries";
import { warningBelow } from "../contact/ContactWarning";
import { isPasted } from "../contact/useContactWatch";
import { type TextCheck, useTextCheck } from "../contact/useTextCheck";
import { problemText } from "../status/problemText";
import { BANKS, numberFault } from "./banks";

interface AccountFormProps {
	/** Where it stands: two forms may be on the screen, and each field has its own id. */
	place: string;
	/** What is there already; its number is not, and is typed anew. */
	known: BankAccount | null;
	onSaved: () => void;
	onCancel: () => void;
}

const OTHER = "other";
const BLOCKED = "contact_blocked";

/** The server names the fields that its filter refuses, and marks the words of the first. */
function hear(checks: Record<"bank" | "holder", TextCheck>, problem: Problem): void {
	problem.errors
		.filter(({ code }) => code === BLOCKED)
		.forEach(({ field }, at) => {
			if (field === "bank" || field === "holder")
				checks[field].refused(at === 0 ? problem : { ...problem, reason: null, spans: [] });
		});
}

interface NameFieldProps {
	entry: Entry;
	form: ReturnType<typeof useEntries>;
	check: TextCheck;
	hint?: string;
}

/** A name on the card, which the customer reads. What is to be said of contact details in it stands below. */
function NameField({ entry, form, check, hint }: NameFieldProps) {
	return (
		<TextField
			id={entry.id}
			autocomplete="off"
			label={entry.label}
			hint={hint}
			value={form.typedIn(entry.name)}
			error={check.isShown ? undefined : form.faultOf(entry)}
			below={warningBelow({ id: entry.id, place: "form", ...check })}
			onValue={(value, event) => {
				form.set(entry.name, value);
				if (isPasted(event)) check.pasted(value);
			}}
		/>
	);
}

/** Where a therapist is paid. What is typed lives in this form alone, until the server has it. */
export function AccountForm({ place, known, onSaved, onCancel }: AccountFormProps) {
	const isListed = known === null || BANKS.some((name) => name === known.bank);
	const [choice, setChoice] = useState(known ? (isListed ? known.bank : OTHER) : "");
	const bank: Entry = {
		name: "bank",
		id: `${place}-${choice === OTHER ? "other" : "bank"}`,
		label: t(choice === OTHER ? "pay.otherName" : "pay.bank"),
		check: required,
	};
	const holder: Entry = {
		name: "holder",
		id: `${place}-holder`,
		label: t("pay.holder"),
		check: required,
	};
	const number: Entry = {
		name: "number",
		id: `${place}-number`,
		label: t("pay.number"),
		check: numberFault,
	};
	const form = useEntries([bank, holder, number], {
		bank: known?.bank ?? "",
		holder: known?.holder ?? "",
	});
	const checks = {
		bank: useTextCheck("profile", null, choice === OTHER ? form.typedIn("bank") : ""),
		holder: useTextCheck("profile", null, form.typedIn("holder")),
	};
	const choose = (value: string) => {
		setChoice(value);
		form.set("bank", value === OTHER ? "" : value);
	};
	const save = async () => {
		// Both are looked at: each says what is wrong with it.
		const [isBankFine, isHolderFine] = [checks.bank.passes(), checks.holder.passes()];
		if (!isBankFine || !isHolderFine) {
			document.getElementById(isBankFine ? holder.id : bank.id)?.focus();
			return;
		}
		const saved = await form.send(async () => {
			const result = await saveBankAccount({
				bank: form.typedIn("bank").trim(),
				holder: form.typedIn("holder").trim(),
				number: form.typedIn("number"),
			});
			if (!result.ok && result.error.code === BLOCKED) hear(checks, result.error);
			return result;
		});
		if (saved) onSaved();
	};
	return (
		<form
			class="account-form"
			noValidate
			autocomplete="off"
			onSubmit={(event) => {
				event.preventDefault();
				void save();
			}}
		>
			<ErrorList level={3} title={t("form.errors")} items={form.faults} attempt={form.attempt} />
			{form.refusal && (
				<Banner tone="bad" live="assertive">
					{problemText(form.refusal)}
				</Banner>
			)}
			<Select
				id={`${place}-bank`}
				label={t("pay.bank")}
				value={choice}
				choices={[
					{ value: "", label: t("pay.choose"), disabled: true },
					...BANKS.map((name) => ({ value: name, label: name })),
					{ value: OTHER, label: t("pay.other") },
				]}
				error={choice === OTHER ? undefined : form.faultOf(bank)}
				onValue={choose}
			/>
			{choice === OTHER && <NameField entry={bank} form={form} check={checks.bank} />}
			<NameField entry={holder} form={form} check={checks.holder} hint={t("pay.holderHint")} />
			<TextField
				id={number.id}
				dir="ltr"
				inputMode="numeric"
				autocomplete="off"
				spellcheck={false}
				label={number.label}
				hint={t(known ? "pay.numberAgain" : "pay.numberHint")}
				value={form.typedIn("number")}
				error={form.faultOf(number)}
				onValue={(value) => form.set("number", value)}
			/>
			<div class="row">
				<Button type="submit" look="primary" busy={form.busy}>
					{t("pay.save")}
				</Button>
				<Button look="plain" onClick={onCancel}>
					{t("pay.cancel")}
				</Button>
			</div>
		</form>
	);
}
