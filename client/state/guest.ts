import { done, isFinal, type Problem, type Result } from "../net/problem";
import type { User } from "../net/types";
import { guestKeyKey, lastUserKey, recoveryKey } from "../storage/keys";
import { readText, removeKey } from "../storage/local";
import type { GuestToMake } from "../storage/outboxDatabase";
import { withOutbox } from "./device";
import { api, timing } from "./engine";
import { guestToMake } from "./guestSecret";
import { GUEST_LOCK, withLock } from "./locks";
import { saveTyped } from "./saving";
import { enter, loadSession, session } from "./session";

/** A disk that does not answer holds nobody up for longer, in milliseconds. */
const DISK_PATIENCE = 2_000;

/**
 * The person signed in, or a new guest with this name. Repeatable: the key that makes the guest is kept on the
 * device until the server answered, so that a lost answer does not make a second guest. It is good for this name
 * only: who types another one may be somebody else, and must not become the first.
 */
export async function ensureGuest(
	displayName: string,
	signal: AbortSignal = new AbortController().signal,
): Promise<Result<User>> {
	return withLock(GUEST_LOCK, signal, () => guest(displayName, signal));
}

async function guest(displayName: string, signal: AbortSignal): Promise<Result<User>> {
	const state = session.peek();
	if (state.status === "signed-in") return done(state.user);
	// Whoever becomes known here takes over what was filled in so far.
	saveTyped();
	// Somebody may be signed in whom this page could not ask about, or whom another tab made meanwhile.
	if (state.status !== "signed-out" || readText(lastUserKey)) {
		const loaded = await loadSession(signal);
		if (!loaded.ok) return loaded;
		if (loaded.value) return done(loaded.value);
	}
	const wanted = guestToMake(displayName);
	const made = await askForGuest(wanted, signal);
	if (!made.ok) {
		// What was refused once is refused for ever; the next try may be with another name.
		if (isFinal(made.error)) removeKey(guestKeyKey);
		return made;
	}
	const { user } = made.value;
	// Before anything is ordered as this guest, and not before there is one: who gave the order up meanwhile is nobody.
	await keepOnDisk(wanted);
	// Nobody came by a code that was tried before: this guest is of this device.
	removeKey(recoveryKey);
	// The stream of a new person is read from its beginning; nothing of it can be missing here.
	enter(user, "0", true);
	removeKey(guestKeyKey);
	return done(user);
}

/** A browser writes a cookie down half a minute late: if it is killed meanwhile, this brings the guest back. */
function keepOnDisk(guest: GuestToMake): Promise<unknown> {
	const patience = new Promise<void>((go) => timing.after(DISK_PATIENCE, go));
	return Promise.race([withOutbox(({ putGuest }) => putGuest(guest)), patience]);
}

/** A browser may know time zones that the server has not heard of: then it goes without. */
export async function askForGuest(wanted: GuestToMake, signal: AbortSignal) {
	const made = await api.createGuest(wanted, signal);
	if (made.ok || !isAboutZone(made.error)) return made;
	const { timezone: _, ...without } = wanted;
	return api.createGuest(without, signal);
}

const isAboutZone = ({ errors }: Problem) => errors.some(({ field }) => field === "timezone");
