/** Drafts and the server, for this page: when they are exchanged, and what the screens see of it. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { createDraftSync } from "../storage/draftSync";
import { NOBODY_YET, therapistsWithForm } from "../storage/keys";
import "./draftCopies";
import { checkForm } from "./bookingChecks";
import { drafts, whenDraftCleared } from "./bookingForm";
import { serverNow } from "./clock";
import { knownTherapist } from "./directory";
import { api, timing } from "./engine";
import { onFacts } from "./facts";
import { whenReachable } from "./live";
import { owner, user } from "./session";
import { readAttempt } from "./submitAttempts";

const running = signal<ReadonlySet<string>>(new Set());

/** The therapists whose drafts are being exchanged with the server now. */
export const syncing: ReadonlySignal<ReadonlySet<string>> = running;

const sync = createDraftSync({
	clock: timing,
	owner: () => (user.peek()?.role === "customer" ? owner.peek() : NOBODY_YET),
	check: (therapistId, fields) =>
		checkForm(fields, { now: serverNow(), therapist: knownTherapist(therapistId) }),
	net: api,
	drafts,
	isOrdered: (therapistId) => readAttempt(therapistId)?.isWaiting ?? false,
	tell(next) {
		running.value = next;
	},
});

/** Fetches what another device left of this draft, and brings there what is here. */
export const exchangeDraft = (therapistId: string): void => void sync.exchange(therapistId);

function exchangeAll(): void {
	const whose = owner.peek();
	if (whose === null || whose === NOBODY_YET) return;
	const ids = [...therapistsWithForm(whose), ...sync.clearedIds(), ...drafts.openIds()];
	for (const id of new Set(ids)) exchangeDraft(id);
}

drafts.subscribe((therapistId) => {
	if (!drafts.loadDraft(therapistId).isUnsaved) sync.saved(therapistId);
});
whenDraftCleared(sync.cleared);
onFacts((next, before) => {
	for (const [therapistId, version] of next.drafts) {
		const isOpen = drafts.openIds().includes(therapistId);
		if (isOpen && before.drafts.get(therapistId) !== version) {
			void sync.changed(therapistId, version);
		}
	}
});
whenReachable(exchangeAll);
owner.subscribe(() => {
	sync.stop();
	exchangeAll();
});
