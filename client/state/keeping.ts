/** How a guest keeps everything (R10): an account, or a code for another phone. */
import { randomId } from "../net/ids";
import { done, failed, isFinal, problem, type Result } from "../net/problem";
import type { RecoveryCode, User } from "../net/types";
import { isFields } from "../storage/decode";
import { recoveryKey } from "../storage/keys";
import { readJson, removeKey, writeJson } from "../storage/local";
import { api } from "./engine";
import { forgetGuestKey } from "./guestRevival";
import { saveTyped } from "./saving";
import { amend, leave, loadSession, user } from "./session";
import { unsentOnDevice } from "./signOut";

export type { RecoveryCode } from "../net/types";

/** The server ties an attempt to it: whoever did not get the answer may ask again. */
const SECRET_BYTES = 32;

/** The guest becomes an account, with the same bookings, chats and drafts. Codes: `validation`, `email_taken`, `already_registered`. */
export async function register(email: string, password: string): Promise<Result<User>> {
	const result = await api.register(email, password);
	if (!result.ok) return result;
	// For the server it is nobody's any more: after a crash it would make a stranger.
	forgetGuestKey();
	amend(result.value.user);
	return done(result.value.user);
}

/** A code with which another phone opens everything of this person: once, for 24 hours. */
export const makeRecoveryCode = (): Promise<Result<RecoveryCode>> => api.recoveryCode();

/**
 * Makes this device the one of the person whose code it is. Who was here before is signed out, and all of theirs is
 * removed from it; nothing is sent (code `unsent`) while something of theirs is not sent, unless `discardsUnsent`.
 */
export async function recover(code: string, discardsUnsent = false): Promise<Result<User>> {
	saveTyped();
	if (user.peek() && !discardsUnsent && unsentOnDevice()) return failed(problem("unsent"));
	const before = user.peek()?.id;
	const result = await api.recover(code, secretFor(code));
	if (!result.ok) {
		if (isFinal(result.error)) removeKey(recoveryKey);
		return result;
	}
	removeKey(recoveryKey);
	const { user: person } = result.value;
	if (before && before !== person.id) await leave();
	const loaded = await loadSession();
	return loaded.ok ? done(person) : loaded;
}

/** The same for the same code, over reloads, until the server has answered. */
function secretFor(code: string): string {
	const kept = readJson(recoveryKey, isSecret);
	const secret = kept?.code === code ? kept.secret : randomId(SECRET_BYTES);
	writeJson(recoveryKey, { code, secret });
	return secret;
}

function isSecret(value: unknown): value is { code: string; secret: string } {
	return isFields(value) && typeof value.code === "string" && typeof value.secret === "string";
}
