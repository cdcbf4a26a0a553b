/** Becoming a person here whom the server knows already: by e-mail and password, or by a recovery code. */
import { randomId } from "../net/ids";
import { done, isFinal, type Result } from "../net/problem";
import type { User } from "../net/types";
import { isFields } from "../storage/decode";
import { recoveredKey, recoveryKey } from "../storage/keys";
import { readJson, removeKey, writeJson, writeText } from "../storage/local";
import { api } from "./engine";
import { GUEST_LOCK, withLock } from "./locks";
import { saveTyped } from "./saving";
import { leave, loadSession, user } from "./session";

/** The server ties an attempt to it: whoever did not get the answer may ask again. */
const SECRET_BYTES = 32;

/** Signs in; the screens follow through `session`. Codes: `wrong_credentials`, `validation`, `too_many_requests`. */
export const signIn = (email: string, password: string): Promise<Result<User>> =>
	withoutGuests(() => api.signIn(email, password).then(come));

/**
 * Makes this device the one of the person whose code it is. Who was here before is signed out, and all of theirs is
 * removed from it, sent or not: the person was asked. What was ordered while nobody was known is asked about.
 */
export function recover(code: string): Promise<Result<User>> {
	saveTyped();
	return withoutGuests(async () => {
		const before = user.peek()?.id;
		const result = await api.recover(code, secretFor(code));
		if (!result.ok) {
			if (isFinal(result.error)) removeKey(recoveryKey);
			return result;
		}
		const { id } = result.value.user;
		if (before && before !== id) await leave();
		writeText(recoveredKey, id);
		removeKey(recoveryKey);
		return come(result);
	});
}

/** No guest is made meanwhile, in no tab: it would be signed in in the person's place. */
const withoutGuests = (act: () => Promise<Result<User>>) =>
	withLock(GUEST_LOCK, new AbortController().signal, act);

async function come(result: Result<{ user: User }>): Promise<Result<User>> {
	if (!result.ok) return result;
	const loaded = await loadSession();
	return loaded.ok ? done(result.value.user) : loaded;
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
