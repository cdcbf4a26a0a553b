import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { headStart } from "../net/http";
import { done, type Problem, type Result } from "../net/problem";
import { retryDelay } from "../net/timing";
import type { User } from "../net/types";
import { handOver } from "../storage/handOver";
import { lastUserKey, NOBODY_YET, type Owner, wipeOwner } from "../storage/keys";
import { readLastUser, writeLastUser } from "../storage/lastUser";
import { api, serverClock, speakFor, timing } from "./engine";
import { setLastKnown } from "./facts";
import { goLive, goLiveAgain, hasEnded, whenReachable, whenSignedOut } from "./live";
import { wipeDevice } from "./wiping";

/**
 * `unreachable`: the server could not be asked yet; `lastUser` is who was signed in on this device before.
 * It is asked again by itself.
 */
export type SessionState =
	| { status: "loading" }
	| { status: "signed-out" }
	| { status: "signed-in"; user: User }
	| { status: "unreachable"; lastUser: User | null };

/** A session that ends so soon (ms) after its connection began is asked about after a pause. */
const STEADY = 5_000;
/** Milliseconds without an answer. */
const SHOW_KNOWN_AFTER = 1_500;

const current = signal<SessionState>({ status: "loading" });

/** Who is signed in on this device. */
export const session: ReadonlySignal<SessionState> = current;

/** The person signed in, or who was before while the server cannot be asked; else null. */
export const user: ReadonlySignal<User | null> = computed(() => userOf(current.value));

/** Whose things on this device may be shown; null until it is known. */
export const owner: ReadonlySignal<Owner | null> = computed(() =>
	current.value.status === "loading" ? null : (user.value?.id ?? NOBODY_YET),
);

let isAnybodySeen = false;
let isAnybodyNamed = false;

/** Whether somebody was known on this page, now or before. */
export const hasSeenAnybody = (): boolean => isAnybodySeen;

/** Whether the server has said so of somebody on this page, now or before. */
export const hasNamedAnybody = (): boolean => isAnybodyNamed;

function userOf(state: SessionState): User | null {
	if (state.status === "signed-in") return state.user;
	return state.status === "unreachable" ? state.lastUser : null;
}

let failures = 0;
let cancelRetry = () => {};
/** Rises with each question and whenever it becomes known who is here: older answers are not listened to. */
let turn = 0;
let newest: Promise<Result<User | null>> | null = null;
let revivedAt = Number.NEGATIVE_INFINITY;

/** Asks the server who is signed in, and connects accordingly. An answer that a newer one overtook changes nothing. */
export function loadSession(signal?: AbortSignal): Promise<Result<User | null>> {
	turn += 1;
	newest = ask(turn, signal);
	return newest;
}

async function ask(mine: number, signal?: AbortSignal): Promise<Result<User | null>> {
	cancelRetry();
	let askedAt = timing.now();
	const cancelWait = timing.after(SHOW_KNOWN_AFTER, showLastUser);
	const result = await api.session(signal);
	cancelWait();
	if (mine !== turn) return newest ?? done(userOf(current.peek()));
	if (!result.ok) {
		retryLater();
		return result;
	}
	failures = 0;
	if (mine === 1) askedAt -= headStart("/api/session", askedAt);
	serverClock.observe(Date.parse(result.value.serverTime), 1, askedAt, timing.now());
	enter(result.value.user, result.value.cursor);
	return done(result.value.user);
}

function retryLater(): void {
	failures += 1;
	cancelRetry = timing.after(retryDelay(failures), () => void loadSession());
	if (current.peek().status === "loading") {
		show({ status: "unreachable", lastUser: readLastUser() });
	}
}

/** On a network that lets one wait, what is on the device is shown meanwhile. */
function showLastUser(): void {
	const lastUser = readLastUser();
	if (lastUser && current.peek().status === "loading") show({ status: "unreachable", lastUser });
}

/** Whoever was refused something for want of a session asks: the socket may never have said that it is over. */
export function doubtSession(refusal: Problem | null): void {
	if (refusal?.status === 401) void loadSession();
}

/** Makes `next` the person at this device, with the stream from `cursor` on; `isNew` = made just now. */
export function enter(next: User | null, cursor: string, isNew = false): void {
	overtake();
	const before = current.peek();
	const isSame = before.status === "signed-in" && before.user.id === next?.id;
	if (isSame && hasEnded()) {
		revivedAt = timing.elapsed();
		goLiveAgain(cursor);
	}
	if (isSame && next) amend(next);
	if (isSame || (before.status === "signed-out" && !next)) return;
	writeLastUser(next);
	batch(() => {
		// First the facts of the other person go, then the new one is named.
		// An operator is on neither side of a booking: there is nothing to load or to hear.
		goLive(next && next.role !== "operator" ? cursor : null, next?.id, isNew);
		show(next ? { status: "signed-in", user: next } : { status: "signed-out" });
	});
}

function overtake(): void {
	turn += 1;
	newest = null;
}

/** What the server says about the person signed in has changed. */
export function amend(next: User): void {
	const before = current.peek();
	if (before.status !== "signed-in" || before.user.id !== next.id) return;
	if (JSON.stringify(before.user) === JSON.stringify(next)) return;
	writeLastUser(next);
	current.value = { status: "signed-in", user: next };
}

/** Before anybody hears of the person, what was ordered while nobody was known is theirs, or theirs to decide on. */
function show(next: SessionState): void {
	const person = userOf(next);
	isAnybodySeen ||= person !== null;
	isAnybodyNamed ||= next.status === "signed-in";
	// What was known of one is not shown to another, not for a moment.
	if (person?.id !== userOf(current.peek())?.id) setLastKnown(null);
	speakFor(person?.id ?? null);
	if (person) handOver(person);
	current.value = next;
}

/** Ends the session on this device, and with it everything here that is private to the person; done when all is gone. */
export async function leave(): Promise<void> {
	overtake();
	const whose = owner.peek() ?? NOBODY_YET;
	// Before anybody hears of it: what waits would otherwise be taken up once more, and for nobody.
	wipeOwner(whose);
	batch(() => {
		goLive(null);
		show({ status: "signed-out" });
	});
	// And after: what was being typed may have been saved while the screens changed.
	wipeOwner(whose);
	await wipeDevice([whose, NOBODY_YET]);
}

/** No news reaches a page that is kept for the way back or frozen: the device may be somebody else's by now. */
function lookAgain(): void {
	const before = current.peek();
	if (before.status === "loading" || readLastUser()?.id === userOf(before)?.id) return;
	batch(() => {
		goLive(null);
		show({ status: "loading" });
	});
	void loadSession();
}

// Before the connection hears of it and comes back as whoever was here.
addEventListener("pageshow", ({ persisted }) => persisted && lookAgain());
document.addEventListener("resume", lookAgain);
// Another tab signed in or out.
addEventListener("storage", ({ key }) => {
	if (key === lastUserKey) void loadSession();
});
whenSignedOut(() => {
	const wait = revivedAt + STEADY - timing.elapsed();
	if (wait <= 0) return void loadSession();
	cancelRetry();
	cancelRetry = timing.after(wait, () => void loadSession());
});
whenReachable(() => {
	if (current.peek().status === "unreachable") void loadSession();
});
