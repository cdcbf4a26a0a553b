import { keysStarting, removeKey } from "./local";
import { NOBODY_YET, type Owner } from "./owner";

export { NOBODY_YET, type Owner } from "./owner";

const FORM = "session_";
const BACKUP = "backup_";
const CLEARED = "cleared_";
const SENT = "sent_";
const OUTBOX = "outbox_";
const TYPED = "typed_";
const WINDOWS = "windows_";
const APPEALS = "appeals_";
const LAST_USER = "tenang.user";
const GUEST_KEY = "tenang.guest";
const RECOVERY = "tenang.recovery";
const RECOVERED = "tenang.recovered";
const PLACE = "place_";
const MARK = "stored_";

export const formKey = (therapistId: string, owner: Owner) => `${FORM}${therapistId}_${owner}`;
/** The save before the one under `formKey`. */
export const backupKey = (therapistId: string, owner: Owner) => `${BACKUP}${therapistId}_${owner}`;
/** The server's version of a draft that was cleared here and is still to be removed there. */
export const clearedKey = (therapistId: string, owner: Owner) =>
	`${CLEARED}${therapistId}_${owner}`;
/** What of a draft was sent to the server and not answered. */
export const sentKey = (therapistId: string, owner: Owner) => `${SENT}${therapistId}_${owner}`;
export const outboxPrefix = (owner: Owner) => `${OUTBOX}${owner}_`;
/** Under it and an id stands the conversation of a message that went into the database. */
export const markPrefix = (owner: Owner) => `${MARK}${owner}_`;
export const typedKey = (conversationId: string, owner: Owner) =>
	`${TYPED}${conversationId}_${owner}`;
export const windowsKey = (owner: Owner) => `${WINDOWS}${owner}`;
/** What the person asked us to look at again. */
export const appealsKey = (owner: Owner) => `${APPEALS}${owner}`;
/** The highest place given to a message that waits on this device. */
export const placeKey = (owner: Owner) => `${PLACE}${owner}`;
/** Whose things are still to be removed from the database (wipingNote.ts). */
export const wipingKey = "tenang.wiping";
export const lastUserKey = LAST_USER;
export const guestKeyKey = GUEST_KEY;
/** The recovery code that is being used here, with the secret of the attempt. */
export const recoveryKey = RECOVERY;
/** Who came to this device by a recovery code. */
export const recoveredKey = RECOVERED;

/** The therapists whose forms `owner` has on this device. */
export const therapistsWithForm = (owner: Owner): string[] => therapistsUnder(FORM, owner);

/** The therapists whose drafts `owner` cleared and the server may still have. */
export const therapistsCleared = (owner: Owner): string[] => therapistsUnder(CLEARED, owner);

function therapistsUnder(prefix: string, owner: Owner): string[] {
	const ending = `_${owner}`;
	return keysStarting(prefix)
		.filter((key) => key.endsWith(ending))
		.map((key) => key.slice(prefix.length, -ending.length));
}

/**
 * Removes from the device what `owner` has on it, and what was left before anybody was known. What belongs to others
 * stays for them: they were signed out without being asked, and their messages may still have to be sent.
 */
export function wipeOwner(owner: Owner): void {
	for (const whose of [owner, NOBODY_YET]) {
		for (const prefix of [BACKUP, FORM, CLEARED, SENT]) {
			for (const key of keysStarting(prefix)) if (key.endsWith(`_${whose}`)) removeKey(key);
		}
		for (const prefix of [outboxPrefix(whose), markPrefix(whose)]) {
			for (const key of keysStarting(prefix)) removeKey(key);
		}
		for (const key of keysStarting(TYPED)) if (key.endsWith(`_${whose}`)) removeKey(key);
		removeKey(windowsKey(whose));
		removeKey(appealsKey(whose));
		removeKey(placeKey(whose));
	}
	removeKey(LAST_USER);
	removeKey(GUEST_KEY);
	removeKey(RECOVERY);
	removeKey(RECOVERED);
}
