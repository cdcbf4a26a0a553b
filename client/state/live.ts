/** The live line to the server for one person: the stream, its carrier, and the browser's signs about the network. */
import { batch, signal } from "@preact/signals";
import type { EphemeralFrame, StatusFrame } from "../net/frames";
import { randomId } from "../net/ids";
import type { Problem, Result } from "../net/problem";
import type { Page } from "../net/types";
import { NOBODY_YET, type Owner } from "../storage/keys";
import type { Answer } from "../sync/apply";
import { createCarrier } from "../sync/carrier";
import { settingsFrom } from "../sync/connectionSettings";
import type { Sign } from "../sync/connectionState";
import { type ConnectionStatus, notConnected } from "../sync/connectionStatus";
import { noFacts } from "../sync/facts";
import { createLeader } from "../sync/leader";
import { browserChannel, browserLocks, followPage } from "../sync/leaderBrowser";
import type { LeaderParts } from "../sync/leaderParts";
import { trueAt } from "../sync/preloaded";
import { loadSnapshots } from "../sync/snapshots";
import { createStream, type LoadState } from "../sync/stream";
import { api, openRawSocket, serverClock, timing } from "./engine";
import { servedFacts, setFacts } from "./facts";
import { log } from "./log";

export const connectionStatus = signal<ConnectionStatus>(notConnected);
/** How the lists of the person signed in stand; `none` while nobody is. */
export interface Snapshots {
	state: "none" | LoadState;
	failure: Problem | null;
}

export const snapshots = signal<Snapshots>({ state: "none", failure: null });
/** Rises whenever everything known was replaced: what was loaded page by page must be loaded again. */
export const epoch = signal(0);

const onReturn = new Set<() => void>();
const onStatus = new Set<(frame: StatusFrame) => void>();
const onEphemeral = new Set<(frame: EphemeralFrame) => void>();
let endOfSession = () => {};
let replacement = () => {};
/** The server ended the session that the carrier was connected for. */
let isEnded = false;

/** Calls `act` whenever the server can be reached again. */
export function whenReachable(act: () => void): void {
	onReturn.add(act);
}

/** Calls `act` with each change of a provider's availability. */
export function whenTherapistStatus(act: (frame: StatusFrame) => void): void {
	onStatus.add(act);
}

/** Calls `act` with each sign that somebody types, is here or has gone. */
export function whenEphemeral(act: (frame: EphemeralFrame) => void): void {
	onEphemeral.add(act);
}

/** Calls `act` when the server does not speak this page's protocol any more. */
export function whenOutdated(act: () => void): void {
	replacement = act;
}

/** Calls `act` when the server ended the session by itself. */
export function whenSignedOut(act: () => void): void {
	endOfSession = act;
}

/** Where the stream of this page began, until everything was told once: the page may have asked for lists before. */
let beganAt: string | null = null;
let hasBegun = false;

/** Takes what the page asked for before its script ran only where nothing can be missing after it. */
export const notOlder = <Item>(read: () => Promise<Result<Page<Item>>>) => trueAt(beganAt, read);

const stream = createStream({
	timing,
	log,
	loadSnapshots: () => loadSnapshots(api, beganAt),
	catchUp: (cursor) => api.events(cursor, 0),
	facts: () => servedFacts.peek(),
	replace: setFacts,
	loading(state, failure) {
		batch(() => {
			snapshots.value = { state, failure };
			if (state !== "ready") return;
			epoch.value += 1;
			beganAt = null;
		});
	},
	applied: (cursor) => carrier.ack(cursor),
});

/** Whose line it is: the tabs of one person share it. */
let whose = NOBODY_YET;

const shared: LeaderParts = {
	id: randomId(),
	person: () => whose,
	isSeen: () => !document.hidden,
	timing,
	log,
	stream,
	locks: browserLocks(),
	open: browserChannel(),
	status(next) {
		const isReturn = next.isConnected && !connectionStatus.peek().isConnected;
		connectionStatus.value = next;
		if (isReturn) tryWaiting();
	},
	therapistStatus(frame) {
		for (const act of onStatus) act(frame);
	},
	ephemeral(frame) {
		for (const act of onEphemeral) act(frame);
	},
	signedOut() {
		isEnded = true;
		endOfSession();
	},
	outdated: () => replacement(),
};

const carrier = createLeader(shared, (line) =>
	createCarrier({
		...line,
		api,
		timing,
		serverClock,
		log,
		open: openRawSocket,
		settings: () => settingsFrom(window.tenang?.settings),
	}),
);

/** Tries now whatever waits for the server. */
export function tryWaiting(): void {
	stream.retry();
	for (const act of onReturn) act();
}

/** Takes in what an answer said. */
export function learn(...answers: readonly Answer[]): void {
	stream.learn(answers);
}

/** Connects for `person`, of the session that `cursor` came with (`isNew`: made just now), or for nobody (`null`). */
export function goLive(cursor: string | null, person: Owner = NOBODY_YET, isNew = false): void {
	whose = person;
	isEnded = false;
	setFacts(noFacts);
	beganAt = hasBegun ? null : cursor;
	hasBegun = true;
	stream.end();
	if (cursor === null) snapshots.value = { state: "none", failure: null };
	else stream.begin(cursor, isNew);
	carrier.start(cursor !== null);
}

/** Whether nothing is connected because the server ended the session. */
export const hasEnded = (): boolean => isEnded;

/** Connects anew for the same person, whose session ended and who has another: what is on the screen stays there. */
export function goLiveAgain(cursor: string): void {
	isEnded = false;
	stream.begin(cursor);
	carrier.start(true);
}

/** Asks for the lists again, also when the server had refused them. */
export const loadAgain = (): void => stream.retry();

/** Tells the connection what was noticed about the network, the page or the person. */
export const sense = (sign: Sign): void => carrier.sense(sign);

/** Tells the other member of a conversation that the person writes, if that can be told now. */
export const tellTyping = (conversationId: string) => carrier.typing(conversationId);

/** From now on it is heard of these conversations whether the other member is here. */
export const watchPresence = (ids: readonly string[]) => carrier.watch(ids);

let isListening = false;

/** Acts at once on what the browser knows about the network and about sleep. */
export function listenToBrowser(): void {
	if (isListening) return;
	isListening = true;
	const senseSeen = () => sense(document.hidden ? "hidden" : "shown");
	addEventListener("online", () => {
		sense("online");
		tryWaiting();
	});
	addEventListener("offline", () => sense("offline"));
	// An open socket keeps a page out of the back/forward cache, and a frozen page cannot answer on it.
	addEventListener("pagehide", () => sense("away"));
	addEventListener("pageshow", ({ persisted }) => persisted && sense("back"));
	document.addEventListener("freeze", () => sense("away"));
	document.addEventListener("resume", () => sense("back"));
	document.addEventListener("visibilitychange", senseSeen);
	senseSeen();
	if (navigator.onLine === false) sense("offline");
	followPage(carrier);
}
