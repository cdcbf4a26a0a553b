/**
 * The draft store: what a person has filled in of a booking, safe on this device from the first letter on. It knows no
 * framework, no browser and no server: clock, rules and network come in as `DraftParts`. Every function is explained
 * with an example in docs/drafts.md.
 */
import type { Message } from "../net/types";
import { type BookingFields, type DraftField, emptyFields, isFilledIn } from "./draftFields";
import { readDraft } from "./draftFile";
import { createDraftKeeper } from "./draftKeeping";
import { unitOf } from "./draftMerge";
import { noteCleared, readSent } from "./draftNotes";
import { changedIn, type DraftChange, type DraftParts, type StorageHealth } from "./draftParts";
import { prefillFrom } from "./draftPrefill";
import { therapistsWithForm } from "./keys";
import { bytesUsed, canKeep } from "./local";

export type { BookingFields, DraftField } from "./draftFields";
export type { Draft, DraftFault, DraftParts, StorageHealth } from "./draftParts";
export type { Ask } from "./draftShared";

/** What `prepareBooking` begins with. */
export interface Preparation {
	serviceId: string;
	/** Minutes. */
	duration: number;
}

export type Drafts<Outcome> = ReturnType<typeof createDrafts<Outcome>>;

export function createDrafts<Outcome>(parts: DraftParts<Outcome>) {
	const hearers = new Set<(therapistId: string) => void>();
	const keeper = createDraftKeeper(parts, (therapistId) => {
		for (const hear of hearers) hear(therapistId);
	});
	const faultsOf = (therapistId: string) =>
		parts.check(therapistId, keeper.opened(therapistId).fields);
	const choose = (therapistId: string, change: DraftChange) => {
		if (changedIn(change).length > 0) keeper.change(therapistId, change);
		return keeper.save(therapistId);
	};
	const type = (therapistId: string, change: DraftChange) => {
		if (changedIn(change).length > 0) keeper.change(therapistId, change);
		keeper.saveLater(therapistId);
	};
	const clear = (therapistId: string) => {
		const { base } = keeper.opened(therapistId);
		const whose = parts.owner();
		// First: an order that is stored with the draft could not be found afterwards, and its copy would be sent.
		parts.discardOrder(therapistId);
		keeper.clear(therapistId);
		if (whose === null || !(base || readSent(therapistId, whose).length > 0)) return;
		noteCleared(therapistId, whose, base?.version ?? 0);
		parts.cleared(therapistId);
	};

	return {
		/** Calls `hear` with the therapist of each draft that changed; what is returned ends it. */
		subscribe(hear: (therapistId: string) => void): () => void {
			hearers.add(hear);
			return () => hearers.delete(hear);
		},
		/** The draft for this therapist, of the person who is using the device now. */
		loadDraft: keeper.opened,
		/** Typing: on the device one second after the last key, or when the page is left. */
		saveDraft(therapistId: string, change: DraftChange = {}): void {
			type(therapistId, change);
		},
		/** A choice: on the device at once. Whether it will survive a reload. */
		saveDraftImmediately(therapistId: string, change: DraftChange = {}): boolean {
			return choose(therapistId, change);
		},
		/** One field; what is chosen is saved at once, what is typed after a second. */
		updateField<Field extends DraftField>(
			therapistId: string,
			field: Field,
			value: BookingFields[Field],
		): void {
			const change = { [field]: value };
			if (TYPED.has(field)) type(therapistId, change);
			else choose(therapistId, change);
		},
		/** Writes everything that is due: before sending, and when the page is left. */
		saveAll: keeper.saveDue,
		/** Empties the form, on the screen, on the device and at the server. */
		clearDraft: clear,
		/** Begins a booking of this service. */
		prepareBooking(therapistId: string, { serviceId, duration }: Preparation): void {
			keeper.note(therapistId, { duration });
			choose(therapistId, { serviceId });
		},
		/** Gives up the draft and the order that was not sent yet. Chats and bookings stay as they are. */
		cancelBooking(therapistId: string): void {
			clear(therapistId);
		},
		/** Validates, sends, and lets go of the draft only on success. `price`: the total shown, in minor units. */
		async confirmBooking(therapistId: string, price: number): Promise<Outcome> {
			if (keeper.opened(therapistId).isUnsaved) keeper.save(therapistId);
			return parts.submit(therapistId, price);
		},
		/** Whether the draft could be sent as it is. */
		validateDraft: (therapistId: string): boolean => faultsOf(therapistId).length === 0,
		/** Everything that is wrong with it, in the order of the form. */
		getValidationErrors: faultsOf,
		/** Writes a message through to what can be read without a network. */
		async addMessage(message: Message): Promise<void> {
			const whose = parts.owner();
			if (whose !== null) await parts.keepMessages(whose, [message]);
		},
		/** Puts the window back to its beginning; the booking and its draft stay unless told otherwise. */
		resetChatWindow(therapistId: string, preserveBooking = true): void {
			parts.resetWindow(therapistId);
			keeper.note(therapistId, { scroll: 0 });
			if (preserveBooking) keeper.saveLater(therapistId);
			else clear(therapistId);
		},
		/** Where the form was scrolled to, in CSS pixels; written with the next save. */
		saveScrollPosition(therapistId: string, scroll: number): void {
			const { savedAt } = keeper.opened(therapistId);
			keeper.note(therapistId, { scroll: Math.max(0, Math.round(scroll)) });
			if (savedAt !== null) keeper.saveLater(therapistId);
		},
		/** Fills what is still empty from the person's last booking; which fields it filled. */
		async fetchAndPrefillFromBackend(therapistId: string): Promise<readonly DraftField[]> {
			const whose = parts.owner();
			const result = await parts.lastBooking();
			if (!result.ok || !result.value || parts.owner() !== whose) return [];
			const change = prefillFrom(result.value, therapistId, keeper.opened(therapistId).fields);
			keeper.prefill(therapistId, change);
			return changedIn(change);
		},
		/** How the device keeps drafts: of one therapist, or of all. */
		getHealthStatus(therapistId?: string): StorageHealth {
			const whose = parts.owner();
			const operational = canKeep();
			const ids = therapistId ? [therapistId] : whose === null ? [] : therapistsWithForm(whose);
			const stored = ids.map((id) => (whose === null ? null : readDraft(id, whose)));
			// The details of a booking that was made of them are no draft.
			const drafts = stored.filter(
				(draft) => draft?.bookingId === null && isFilledIn(draft.fields),
			);
			return {
				operational,
				autoSaveEnabled: operational && whose !== null,
				draftExists: drafts.length > 0,
				draftVersion: Math.max(0, ...drafts.map((draft) => draft?.version ?? 0)),
				bytesUsed: bytesUsed(),
			};
		},
		/** The person goes on with what was found on the device. */
		continueDraft(therapistId: string): void {
			keeper.note(therapistId, { isFound: false, damage: null });
		},
		/** The person has left the field that was being typed in. */
		leaveField: keeper.leave,
		/** Decides a question between two sides: `theirs` or what stands in the draft. */
		answer(therapistId: string, field: DraftField, takeTheirs: boolean): void {
			const { asks } = keeper.opened(therapistId);
			const ask = asks.find((open) => open.field === field);
			keeper.note(therapistId, { asks: asks.filter((open) => open !== ask) });
			const unit = Object.fromEntries(unitOf(field).map((name) => [name, emptyFields[name]]));
			choose(therapistId, ask && takeTheirs ? { ...unit, ...ask.theirs } : {});
		},
		/** Takes in what another tab, or another part of this page, wrote on the device. */
		refresh: keeper.refresh,
		/** Takes in what was lost on the device and has been written there again. */
		recovered: keeper.recovered,
		/** Takes in what the server has. */
		adopt: keeper.adopt,
		/** Notes what the server has by now. */
		setBase: keeper.setBase,
		/** Notes which booking was made of it, or what the server has: no detail of the booking itself. */
		note: keeper.note,
		changeOwner: keeper.changeOwner,
		openIds: keeper.openIds,
	};
}

const TYPED: ReadonlySet<DraftField> = new Set([
	"area",
	"location",
	"customerName",
	"customerWhatsApp",
	"note",
]);
export const isTyped = (field: DraftField): boolean => TYPED.has(field);
