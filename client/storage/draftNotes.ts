/**
 * What the server may have of a draft without this device knowing: what was sent there and not answered, and what was
 * cleared here since. It lies on the device, for the page after this one and for other tabs.
 */
import { count, isFields } from "./decode";
import { type BookingFields, fieldsFrom } from "./draftFields";
import { isSameDraft } from "./draftMerge";
import { clearedKey, sentKey } from "./keys";
import { readText, removeKey, writeText } from "./local";
import type { Owner } from "./owner";

/** A save that nothing answered yet; it may arrive as long as the server's version is `base`. */
export interface SentDraft {
	base: number;
	fields: BookingFields;
}

/** Nothing is sent anew before the server could be asked what became of the last, so that few are ever open. */
const MOST_SENT = 8;

export function readSent(therapistId: string, owner: Owner): readonly SentDraft[] {
	const stored = parsed(readText(sentKey(therapistId, owner)));
	const sent = (Array.isArray(stored) ? stored : []).slice(-MOST_SENT).filter(isFields);
	return sent.map(({ base, fields }) => ({ base: count(base), fields: fieldsFrom(fields) }));
}

/** Written before it is sent: the page may be closed before the answer comes. */
export function noteSent(therapistId: string, owner: Owner, sent: SentDraft): void {
	writeSent(therapistId, owner, [...readSent(therapistId, owner), sent]);
}

/** This save was answered. */
export function forgetSent(therapistId: string, owner: Owner, { base, fields }: SentDraft): void {
	const isOther = (one: SentDraft) => one.base !== base || !isSameDraft(one.fields, fields);
	writeSent(therapistId, owner, readSent(therapistId, owner).filter(isOther));
}

/** The server has `version`: what was based on an older one was taken or refused. */
export function forgetSentBefore(therapistId: string, owner: Owner, version: number): void {
	const open = readSent(therapistId, owner).filter(({ base }) => base >= version);
	writeSent(therapistId, owner, open);
}

/** The newest version that the server may have of what was cleared here, 0 while it is not known; null = nothing was. */
export function readCleared(therapistId: string, owner: Owner): number | null {
	const stored = readText(clearedKey(therapistId, owner));
	return stored === null ? null : count(Number(stored));
}

export function noteCleared(therapistId: string, owner: Owner, version: number): void {
	const known = readCleared(therapistId, owner) ?? 0;
	writeText(clearedKey(therapistId, owner), String(Math.max(known, version)));
}

export const forgetCleared = (therapistId: string, owner: Owner): void =>
	removeKey(clearedKey(therapistId, owner));

function writeSent(therapistId: string, owner: Owner, sent: readonly SentDraft[]): void {
	const key = sentKey(therapistId, owner);
	if (sent.length === 0) removeKey(key);
	else writeText(key, JSON.stringify(sent.slice(-MOST_SENT)));
}

function parsed(written: string | null): unknown {
	try {
		return JSON.parse(written ?? "null");
	} catch {
		return null;
	}
}
