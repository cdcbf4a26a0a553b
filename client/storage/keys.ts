import { keysStarting, removeKey } from "./local";

/** Who owns what is on the device: a user's id, or `guest` while nobody is known yet. */
export type Owner = string;
export const NOBODY_YET: Owner = "guest";

const FORM = "session_";
const OUTBOX = "outbox_";
const TYPED = "typed_";
const WINDOWS = "windows_";
const LAST_USER = "tenang.user";
const GUEST_KEY = "tenang.guest";

export const formKey = (therapistId: string, owner: Owner) => `${FORM}${therapistId}_${owner}`;
export const outboxPrefix = (owner: Owner) => `${OUTBOX}${owner}_`;
export const typedKey = (conversationId: string, owner: Owner) =>
	`${TYPED}${conversationId}_${owner}`;
export const windowsKey = (owner: Owner) => `${WINDOWS}${owner}`;
export const lastUserKey = LAST_USER;
export const guestKeyKey = GUEST_KEY;

/** The therapists whose forms `owner` has on this device. */
export function therapistsWithForm(owner: Owner): string[] {
	const ending = `_${owner}`;
	return keysStarting(FORM)
		.filter((key) => key.endsWith(ending))
		.map((key) => key.slice(FORM.length, -ending.length));
}

/** Removes everything private of every person from the device. */
export function wipeDevice(): void {
	for (const prefix of [FORM, OUTBOX, TYPED, WINDOWS, LAST_USER, GUEST_KEY]) {
		for (const key of keysStarting(prefix)) removeKey(key);
	}
}
