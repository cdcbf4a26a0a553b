import { randomId } from "../net/ids";
import { done, type Result } from "../net/problem";
import type { User } from "../net/types";
import { isFields } from "../storage/decode";
import { guestKeyKey, lastUserKey } from "../storage/keys";
import { readJson, readText, removeKey, writeJson } from "../storage/local";
import { saveForms } from "./bookingForm";
import { api } from "./engine";
import { withLock } from "./locks";
import { enter, loadSession, session } from "./session";

interface GuestSecret {
	guestKey: string;
	/** The name the key was first sent with: the server ties the two together. */
	displayName: string;
}

const KEY_BYTES = 32;

/**
 * The person signed in, or a new guest with this name. Repeatable: the key that makes the guest is kept on the
 * device until the server answered, so that a lost answer does not make a second guest.
 */
export async function ensureGuest(
	displayName: string,
	signal: AbortSignal = new AbortController().signal,
): Promise<Result<User>> {
	return withLock("tenang.guest", signal, () => guest(displayName, signal));
}

async function guest(displayName: string, signal: AbortSignal): Promise<Result<User>> {
	const state = session.peek();
	if (state.status === "signed-in") return done(state.user);
	// Whoever becomes known here takes over what was filled in so far.
	saveForms();
	// Somebody may be signed in whom this page could not ask about, or whom another tab made meanwhile.
	if (state.status !== "signed-out" || readText(lastUserKey)) {
		const loaded = await loadSession(signal);
		if (!loaded.ok) return loaded;
		if (loaded.value) return done(loaded.value);
	}
	const secret = readJson(guestKeyKey, isSecret) ?? {
		guestKey: randomId(KEY_BYTES),
		displayName,
	};
	writeJson(guestKeyKey, secret);
	const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
	const language = document.documentElement.lang || locale;
	const made = await api.createGuest({ ...secret, locale: language, timezone: timeZone }, signal);
	if (!made.ok) {
		if (made.error.code === "guest_key_reused") removeKey(guestKeyKey);
		return made;
	}
	const { user } = made.value;
	// The stream of a new person is read from its beginning; nothing of it can be missing here.
	enter(user, "0", true);
	removeKey(guestKeyKey);
	return done(user);
}

function isSecret(value: unknown): value is GuestSecret {
	return (
		isFields(value) && typeof value.guestKey === "string" && typeof value.displayName === "string"
	);
}
