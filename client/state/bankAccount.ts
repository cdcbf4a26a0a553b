/** The signed-in therapist's bank account as the server shows it: masked. What she types of it is not kept here. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { createPaymentApi } from "../net/paymentApi";
import { isFinal, type Result } from "../net/problem";
import type { BankAccount, BankAccountRequest, RevealedCard } from "../net/types";
import { type Appealed, refusedAllTheSame, spendPermission } from "./appeals";
import { http, timing } from "./engine";
import { whenReachable } from "./live";
import { owner } from "./session";
import type { Loadable } from "./types";

const api = createPaymentApi(http);
const current = signal<Loadable<BankAccount | null>>({ status: "loading" });
/** Rises with everything that is asked: of two answers the one to the later question counts. */
let questions = 0;

/** Null inside it: she has none. */
export const bankAccount: ReadonlySignal<Loadable<BankAccount | null>> = current;

/** Fetches the account; what was known stays meanwhile. */
export async function loadBankAccount(): Promise<void> {
	const question = ++questions;
	const known = current.peek().value;
	const result = await api.bankAccount();
	if (question !== questions) return;
	if (result.ok) {
		setAccount(result.value.account);
		return;
	}
	const { error } = result;
	const status = isFinal(error) ? "error" : "offline";
	current.value = { status, error, ...(known !== undefined && { value: known }) };
}

/** Gives the server an account. The number is in the request alone. */
export async function saveBankAccount(given: BankAccountRequest): Promise<Result<BankAccount>> {
	const question = ++questions;
	const result = await api.saveBankAccount(given);
	if (result.ok) namesOf(given).forEach(spendPermission);
	else if (result.error.code === "contact_blocked") namesOf(given).forEach(refusedAllTheSame);
	if (!result.ok) return result;
	if (question === questions) setAccount(result.value.account);
	return { ok: true, value: result.value.account };
}

/** What customers read of an account beside its number, as it is asked about. */
const namesOf = ({ bank, holder }: BankAccountRequest): Appealed[] =>
	[bank, holder].map((text) => ({ kind: "profile", text, conversationId: null }));

export async function removeBankAccount(): Promise<Result<unknown>> {
	const question = ++questions;
	const result = await api.removeBankAccount();
	if (result.ok && question === questions) setAccount(null);
	return result;
}

/** Asks for the number on a card. It belongs to whoever called, for as long as it is looked at. */
export const revealCard = (cardId: string): Promise<Result<RevealedCard>> => api.revealCard(cardId);

function setAccount(value: BankAccount | null): void {
	current.value = { status: "ready", value, asOf: timing.now() };
}

owner.subscribe(() => {
	questions += 1;
	current.value = { status: "loading" };
});

whenReachable(() => {
	if (current.peek().status === "offline") void loadBankAccount();
});
