/**
 * A draft as it lies on the device: under `session_{therapistId}_{userId}`, with its version, the time of its last
 * change, a checksum, and the save before it as a backup. Nothing here throws, whatever is found there.
 */
import { attemptFrom, type SubmitAttempt } from "./attempts";
import { count, type Fields, isFields, stamp, textOrNull } from "./decode";
import { checksum } from "./draftChecksum";
import { type BookingFields, DRAFT_FIELDS, emptyFields, fieldsFrom } from "./draftFields";
import { type Ask, asksFrom, baseFrom, type ServerBase } from "./draftShared";
import { backupKey, formKey, type Owner } from "./keys";
import { isOnDevice, readText, removeKey, writeText } from "./local";

/** Raise it when the shape of what is stored changes, and say in `contentFrom` how the older one is read. */
const SCHEMA = 2;
/** Characters. A draft has about 2,000; what is longer than this is not read, it would stop the page. */
const LONGEST_FILE = 256 * 1024;

export interface DraftContent {
	fields: BookingFields;
	/** The order that was made of it, while it is on its way. */
	attempt: SubmitAttempt | null;
	/** The booking that was made of it; the details stay for another try if the therapist can't. */
	bookingId: string | null;
	/** Minutes of the chosen service, as it was on offer when it was chosen. */
	duration: number | null;
	/** How far down the form was scrolled, in CSS pixels. */
	scroll: number;
	/** Fields that were changed on two sides, for the person to decide. */
	asks: readonly Ask[];
	/** What the server and this device last agreed on. */
	base: ServerBase | null;
}

export interface StoredDraft extends DraftContent {
	/** Rises with each save on this device, whatever its clock says. */
	version: number;
	/** Device time (ms); rises too, also when the clock was set back. */
	lastModified: number;
	/** When the person's own words in it changed last (device time, ms): what else is written leaves it alone. */
	editedAt: number;
}

/** `backup` and `pieces` were recovered, with or without something missing; of `lost` nothing can be read. */
export type DraftSource = "none" | "whole" | "backup" | "pieces" | "lost";

export interface DraftFile {
	draft: StoredDraft | null;
	source: DraftSource;
}

export const emptyContent: DraftContent = {
	fields: emptyFields,
	attempt: null,
	bookingId: null,
	duration: null,
	scroll: 0,
	asks: [],
	base: null,
};

/** What is stored for this therapist and person, and how it was found. */
export function openDraftFile(therapistId: string, owner: Owner): DraftFile {
	const written = readText(formKey(therapistId, owner));
	const saved = readText(backupKey(therapistId, owner));
	if (written === null && saved === null) return { draft: null, source: "none" };
	const main = parse(written);
	const whole = wholeDraft(main, therapistId, owner);
	if (whole) return { draft: whole, source: "whole" };
	const backup = wholeDraft(parse(saved), therapistId, owner);
	if (backup) return { draft: backup, source: "backup" };
	const pieces = main && isOurs(main, therapistId, owner) ? draftFrom(main, therapistId) : null;
	return pieces ? { draft: pieces, source: "pieces" } : { draft: null, source: "lost" };
}

/** The stored draft, or null. */
export const readDraft = (therapistId: string, owner: Owner): StoredDraft | null =>
	openDraftFile(therapistId, owner).draft;

/**
 * Saves `content` as the next version over what was `found` there. `now` is device time (ms). Whether it will survive a
 * reload is `isKept`; on a full device the backup makes room for the draft.
 */
export function writeDraft(
	therapistId: string,
	owner: Owner,
	content: DraftContent,
	now: number,
	found: DraftFile = openDraftFile(therapistId, owner),
): { draft: StoredDraft; isKept: boolean } {
	const { draft: before, source } = found;
	const draft: StoredDraft = {
		...contentOf(content),
		version: (before?.version ?? 0) + 1,
		lastModified: Math.max(now, (before?.lastModified ?? 0) + 1),
		editedAt: editedAt(before, content.fields, now),
	};
	const key = formKey(therapistId, owner);
	const next = serialise(draft, therapistId, owner);
	// A backup that held an older order would send what the person has decided against.
	const isSameOrder = before !== null && orderIn(before) === orderIn(draft);
	const backup = isSameOrder && source === "whole" ? (readText(key) ?? next) : next;
	const isFirst = writeText(key, next);
	if (isFirst) {
		if (!writeText(backupKey(therapistId, owner), backup)) removeKey(backupKey(therapistId, owner));
		return { draft, isKept: true };
	}
	removeKey(backupKey(therapistId, owner));
	return { draft, isKept: writeText(key, next) };
}

function editedAt(before: StoredDraft | null, fields: BookingFields, now: number): number {
	if (!before) return now;
	const isSame = DRAFT_FIELDS.every((field) => before.fields[field] === fields[field]);
	return isSame ? before.editedAt : Math.max(now, before.editedAt + 1);
}

/** The backup first: a tab that dies in between must not bring back what was cleared. */
export function removeDraft(therapistId: string, owner: Owner): void {
	removeKey(backupKey(therapistId, owner));
	removeKey(formKey(therapistId, owner));
}

/** Whether what is stored of a draft is on the device, and not only in the memory of this page. */
export const isDraftOnDevice = (therapistId: string, owner: Owner): boolean =>
	isOnDevice(formKey(therapistId, owner));

/** What the draft and its backup take on the device, in bytes (a character of localStorage takes two). */
export function draftBytes(therapistId: string, owner: Owner): number {
	const keys = [formKey(therapistId, owner), backupKey(therapistId, owner)];
	const sizes = keys.map((key) => (readText(key)?.length ?? -key.length) + key.length);
	return 2 * sizes.reduce((sum, size) => sum + size, 0);
}

/** What of a draft belongs to its content. */
export function contentOf(draft: DraftContent): DraftContent {
	const { fields, attempt, bookingId, duration, scroll, asks, base } = draft;
	return { fields, attempt, bookingId, duration, scroll, asks, base };
}

const orderIn = ({ attempt, bookingId }: DraftContent) => JSON.stringify([attempt, bookingId]);

/** A draft as a copy of it holds it: the content, without a checksum. */
export const draftFromCopy = (copy: Fields, therapistId: string): StoredDraft | null =>
	draftFrom(copy, therapistId);

function serialise(draft: StoredDraft, therapistId: string, owner: Owner): string {
	const { version, lastModified, editedAt } = draft;
	const head = { schema: SCHEMA, therapistId, owner, version, lastModified, editedAt };
	const content = JSON.stringify(contentOf(draft));
	const top = JSON.stringify({ ...head, checksum: sumOf(head, content) });
	return `${top.slice(0, -1)},"draft":${content}}`;
}

/** `content` as it is written. */
const sumOf = (head: Fields, content: string) => checksum(`[${JSON.stringify(head)},${content}]`);

function parse(written: string | null): Fields | null {
	if (written === null || written.length > LONGEST_FILE) return null;
	try {
		const value: unknown = JSON.parse(written);
		return isFields(value) ? value : null;
	} catch {
		return null;
	}
}

function wholeDraft(file: Fields | null, therapistId: string, owner: Owner): StoredDraft | null {
	if (!file || !isOurs(file, therapistId, owner)) return null;
	const { schema, version, lastModified, editedAt } = file;
	// Before schema 2 there was no checksum.
	if (schema === undefined) return draftFrom(file, therapistId);
	// Absent in files of before it was written: then it is not summed either.
	const head = { schema, therapistId, owner, version, lastModified, editedAt };
	return file.checksum === sumOf(head, JSON.stringify(file.draft) ?? "null")
		? draftFrom(file, therapistId)
		: null;
}

/** A draft that was copied here from another therapist's or person's place is not shown, not even in pieces. */
const isOurs = (file: Fields, therapistId: string, owner: Owner) =>
	file.schema === undefined || (file.therapistId === therapistId && file.owner === owner);

/** Reads what can be read, field by field; schema 1 had its content at the top and called the time `savedAt`. */
function draftFrom(file: Fields, therapistId: string): StoredDraft | null {
	const isOld = file.schema === undefined;
	const content = isOld ? file : file.draft;
	if (!isFields(content)) return null;
	const attempt = attemptFrom(content.attempt, therapistId);
	if (!(isFields(content.fields) || attempt)) return null;
	const lastModified = stamp(isOld ? file.savedAt : file.lastModified) ?? 0;
	return {
		fields: fieldsFrom(content.fields),
		attempt,
		bookingId: textOrNull(content.bookingId),
		duration: count(content.duration) || null,
		scroll: count(content.scroll),
		asks: asksFrom(content.asks),
		base: baseFrom(content.base),
		version: Math.max(1, count(file.version)),
		lastModified,
		editedAt: stamp(file.editedAt) ?? lastModified,
	};
}
