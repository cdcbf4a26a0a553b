/**
 * A copy of each draft in the device's database, on the disk within a moment: a browser that is killed writes
 * localStorage down some seconds late. `null` for a draft says that it was cleared, which may be lost as well.
 */
import { type Database, inDatabase, rangeOf } from "./database";
import { type Fields, isFields, stamp } from "./decode";
import { contentOf, type DraftContent, draftFromCopy } from "./draftFile";
import type { Owner } from "./owner";

const DRAFT = "draft:";

export interface DraftCopy {
	therapistId: string;
	/** As in the draft's file: whichever is later is what the person did last. */
	editedAt: number;
	draft: DraftContent | null;
}

/** `relaxed`: out of the browser's hands, which survives its end; `strict`: on the disk, which survives the phone's. */
export type Durability = "relaxed" | "strict";

const writing = (database: Database, durability: Durability = "strict") =>
	database.transaction("outbox", "readwrite", { durability });

/** Writes the copy, unless `isStill` says, when its turn has come, that `owner` is not here any more. */
export async function putDraft(
	owner: Owner,
	{ therapistId, editedAt, draft }: DraftCopy,
	isStill: () => boolean,
	durability: Durability = "strict",
): Promise<void> {
	await inDatabase(async (database) => {
		if (!isStill()) return;
		const act = writing(database, durability);
		const key: [string, string] = [owner, DRAFT + therapistId];
		// That something was cleared is news only where there is a copy of it.
		const isNews = draft !== null || (await act.store.getKey(key)) !== undefined;
		const content = draft && { schema: 2, draft: contentOf(draft) };
		if (isNews) await act.store.put({ editedAt, ...content }, key);
		await act.done;
	});
}

/** The copies of everything that `owner` has filled in or cleared. */
export async function readDrafts(owner: Owner): Promise<DraftCopy[]> {
	const found = await inDatabase(async (database) => {
		const { store } = database.transaction("outbox");
		const range = rangeOf(owner);
		const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
		return keys.flatMap(([, id], at) => copyFrom(id, values[at]));
	});
	return found ?? [];
}

/** Removes the copies of these drafts. */
export async function deleteDrafts(owner: Owner, therapistIds: readonly string[]): Promise<void> {
	await inDatabase(async (database) => {
		const act = writing(database);
		const goes = therapistIds.map((id) => act.store.delete([owner, DRAFT + id]));
		await Promise.all([...goes, act.done]);
	});
}

function copyFrom(id: string, stored: Fields | undefined): DraftCopy[] {
	const editedAt = isFields(stored) ? stamp(stored.editedAt) : null;
	if (!id.startsWith(DRAFT) || !stored || editedAt === null) return [];
	const therapistId = id.slice(DRAFT.length);
	if (stored.draft === undefined) return [{ therapistId, editedAt, draft: null }];
	const draft = draftFromCopy(stored, therapistId);
	return draft ? [{ therapistId, editedAt, draft }] : [];
}
