/** Keeps a copy of each draft where a browser that is killed loses nothing, and takes it up where localStorage did. */

import {
	type DraftCopy,
	type Durability,
	deleteDrafts,
	putDraft,
	readDrafts,
} from "../storage/draftDatabase";
import { readDraft, removeDraft, type StoredDraft, writeDraft } from "../storage/draftFile";
import { isSameDraft } from "../storage/draftMerge";
import { noteCleared } from "../storage/draftNotes";
import { NOBODY_YET, type Owner, therapistsWithForm } from "../storage/keys";
import { drafts } from "./bookingForm";
import { hasDatabase } from "./device";
import { timing } from "./engine";
import { owner } from "./session";

/** Milliseconds from a key to the disk; whoever types on has it written down this often. */
const COPY_AFTER = 250;

const due = new Set<string>();
/** The drafts whose copy is being written, and whether there is more by now. */
const underWay = new Map<string, boolean>();
const takenUp = new Map<Owner, Promise<void>>();

/** With each key, as far as the last copy is written: the key before this one is safe when this one is pressed. */
async function copyAtOnce(therapistId: string): Promise<void> {
	if (underWay.has(therapistId)) return void underWay.set(therapistId, true);
	do {
		underWay.set(therapistId, false);
		await copy(therapistId, "relaxed");
	} while (underWay.get(therapistId));
	underWay.delete(therapistId);
}

async function copy(therapistId: string, durability: Durability): Promise<void> {
	const whose = owner.peek();
	if (whose === null) return;
	// Or what was lost would be written over.
	await takeUpOnce(whose);
	if (owner.peek() !== whose) return;
	const isStill = () => owner.peek() === whose;
	await putDraft(whose, copyOf(therapistId, whose), isStill, durability);
}

function copyOf(therapistId: string, whose: Owner): DraftCopy {
	const draft = drafts.loadDraft(therapistId);
	const saved = readDraft(therapistId, whose)?.editedAt;
	const isNone = draft.savedAt === null && !draft.isUnsaved;
	const isNewer = draft.isUnsaved || saved === undefined;
	const editedAt = isNewer ? Math.max(timing.now(), (saved ?? 0) + 1) : saved;
	// The order on its way has a copy of its own.
	return { therapistId, editedAt, draft: isNone ? null : { ...draft, attempt: null } };
}

function takeUpOnce(whose: Owner): Promise<void> {
	const known = takenUp.get(whose);
	if (known) return known;
	const made = takeUp(whose);
	takenUp.set(whose, made);
	return made;
}

async function takeUp(whose: Owner): Promise<void> {
	const copies = await readDrafts(whose);
	if (owner.peek() !== whose) return;
	for (const one of copies) restore(whose, one);
	// What was filled in before anybody was known is theirs by now.
	if (whose === NOBODY_YET) return;
	const left = new Set(therapistsWithForm(NOBODY_YET));
	const ids = (await readDrafts(NOBODY_YET)).map(({ therapistId }) => therapistId);
	await deleteDrafts(
		NOBODY_YET,
		ids.filter((id) => !left.has(id)),
	);
}

function restore(whose: Owner, { therapistId, editedAt, draft }: DraftCopy): void {
	const stored = readDraft(therapistId, whose);
	if (stored && stored.editedAt >= editedAt) return;
	if (draft) {
		const attempt = stored && heldIfChanged(stored, draft.fields);
		writeDraft(therapistId, whose, { ...draft, attempt }, editedAt);
	} else if (stored) {
		removeDraft(therapistId, whose);
		if (stored.base) noteCleared(therapistId, whose, stored.base.version);
	}
	drafts.recovered(therapistId);
}

/** What was being changed is not sent as it was before; its key stays, because it may have arrived. */
function heldIfChanged({ attempt, fields }: StoredDraft, newer: StoredDraft["fields"]) {
	const isSame = isSameDraft(fields, newer);
	return attempt && !isSame ? { ...attempt, isWaiting: false } : attempt;
}

if (hasDatabase) {
	drafts.subscribe((therapistId) => {
		if (drafts.loadDraft(therapistId).isUnsaved) void copyAtOnce(therapistId);
		if (due.has(therapistId)) return;
		due.add(therapistId);
		timing.after(COPY_AFTER, () => {
			due.delete(therapistId);
			void copy(therapistId, "strict");
		});
	});
	owner.subscribe((whose) => {
		if (whose !== null) void takeUpOnce(whose);
	});
}
