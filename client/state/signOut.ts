/** Leaving this device: first what is still to be said, then the person's word on what would be lost. */
import { done, failed, problem, type Result } from "../net/problem";
import { api } from "./engine";
import { tryWaiting } from "./live";
import { outbox } from "./outbox";
import { unreadRooms } from "./outboxEntries";
import { doubtSession, leave, user } from "./session";
import { submissions } from "./submissions";
import { ordersOnDevice, ownerlessOrders } from "./submitAttempts";
import { unsettled } from "./transitions";

/** What is on this device and not known to be at the server; signing out deletes it. */
export interface Unsent {
	/** Waiting or refused. */
	messages: number;
	/** Waiting, being sent, or asking for a word of the person. */
	orders: number;
	/** Accepting, declining, confirming or cancelling without an answer so far. */
	answers: number;
}

const farewells = new Set<() => Promise<unknown>>();

/** Calls `act` before the person is signed out, and waits for it: it may still send something. */
export function beforeSignOut(act: () => Promise<unknown>): void {
	farewells.add(act);
}

/** What the person would lose by signing out now; null when it is nothing. Follows where it is read in a component. */
export function unsentOnDevice(): Unsent | null {
	// What the database has not given out yet counts too: it would be deleted unseen.
	const messages = outbox.value.length + unreadRooms().length;
	// Another tab may have kept one: what is on the device counts, not only what this page knows.
	const own = new Set([...submissions.value.keys(), ...ordersOnDevice()]).size;
	const orders = own + (user.value ? ownerlessOrders() : 0);
	const answers = unsettled.value.size;
	return messages + orders + answers > 0 ? { messages, orders, answers } : null;
}

/** Sends what waits, as far as the server can be reached. */
export const sendUnsent = (): void => tryWaiting();

/**
 * Signs out and removes everything private to the person from this device. Nothing is removed when the server does
 * not answer, nor (code `unsent`) while something is unsent, unless the person said that it may go: `discardsUnsent`.
 */
export async function signOut(discardsUnsent = false): Promise<Result<null>> {
	await Promise.all([...farewells].map((act) => act()));
	if (!discardsUnsent && unsentOnDevice()) return failed(problem("unsent"));
	const result = await api.signOut();
	if (!result.ok && result.error.status !== 401) return failed(result.error);
	await leave();
	// The session is another person's, who came in another tab and stays.
	if (!result.ok) doubtSession(result.error);
	return done(null);
}
