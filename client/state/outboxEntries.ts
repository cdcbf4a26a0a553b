/** What was written on this device and is not known to be at the server, as all its tabs share it. */
import { batch } from "@preact/signals";
import { randomId } from "../net/ids";
import type { Message } from "../net/types";
import type { Owner } from "../storage/keys";
import { readText } from "../storage/local";
import { entryKey, nextPlace, readOutbox } from "../storage/outbox";
import type { OutboxEntry } from "../storage/outboxEntry";
import { marked, unmark } from "../storage/outboxMarks";
import { afterSilence } from "../storage/patience";
import { hasDatabase, whenTold, withOutbox } from "./device";
import { timing } from "./engine";
import { facts } from "./facts";
import {
	addHeld,
	beginWith,
	forget,
	heldEntry,
	isAtServer,
	isKept,
	isKnown,
	outbox,
	replaceHeld,
	takeInIntents,
	takeInStored,
} from "./outboxHeld";
import { keep, removeEverywhere } from "./outboxKeeping";
import { owner } from "./session";

export { outbox } from "./outboxHeld";

/** A database that does not answer holds nothing up for longer, in milliseconds. */
const PATIENCE = 5_000;
/** But for what was written behind a message that is known to be there: that one is to go out first. */
const PATIENCE_BEHIND_OTHERS = 30_000;

const onNews = new Set<(conversationId: string) => void>();
let restoring: Promise<void> = Promise.resolve();
/**
 * So long (ms) the database was waited for in vain, and it has not been read since: what would not wait for longer does
 * not wait at all.
 */
let givenUpAfter = 0;

/** Puts a message behind everything that waits on this device. */
export function addEntry(
	conversationId: string,
	content: Pick<OutboxEntry, "text" | "card">,
): OutboxEntry {
	const whose = owner.peek();
	if (whose !== null) takeInIntents(whose);
	const last = outbox.peek().reduce((highest, { place }) => Math.max(highest, place), 0);
	const entry: OutboxEntry = {
		clientId: randomId(),
		conversationId,
		...content,
		writtenAt: timing.now(),
		place: whose === null ? last + 1 : nextPlace(whose, last),
		refusal: null,
	};
	addHeld(entry);
	keep(entry);
	return entry;
}

/** Changes a message; nothing when it is gone, e.g. removed in another tab while this one sent it. */
export function changeEntry(entry: OutboxEntry): void {
	if (!heldEntry(entry.clientId)) return;
	replaceHeld(entry);
	keep(entry);
}

/** Removes a message: the person said so, or it was `sent`. */
export function dropEntry(clientId: string, sent: Message | null = null): void {
	const whose = owner.peek();
	forget(clientId, true);
	if (whose !== null) removeEverywhere(whose, clientId, sent);
}

/**
 * The message that is to be sent next in a conversation, whichever tab it was written in. `looksAround`: another tab
 * may have done something of which no news has come. Otherwise the database is not asked: a question would stand
 * behind what is being written there, and hold up what was just typed.
 */
export async function nextEntry(
	conversationId: string,
	looksAround: boolean,
): Promise<OutboxEntry | undefined> {
	const whose = owner.peek();
	if (whose !== null) takeInIntents(whose);
	const reading = looksAround ? takeInOthers() : restoring;
	const patience = patienceFor(conversationId);
	if (hasDatabase && patience > givenUpAfter) await inTime(reading, patience);
	return outbox.peek().find((entry) => entry.conversationId === conversationId && !entry.refusal);
}

/** Whether every message that waits would be here after a reload. */
export function areEntriesOnDevice(): boolean {
	const whose = owner.peek();
	return whose === null || outbox.peek().every((entry) => isKept(whose, entry));
}

/** Shows what the person has on this device: at once what only localStorage holds, then the rest. */
export function restoreEntries(whose: Owner | null): Promise<void> {
	restoring = restore(whose);
	return restoring;
}

async function restore(whose: Owner | null): Promise<void> {
	beginWith(whose === null ? [] : readOutbox(whose, timing.now()));
	await takeInOthers();
	if (owner.peek() !== whose) return;
	// Also what a version without a database left, what was written while this one was slow to open, or by a tab that
	// was killed before its transaction was complete.
	for (const { clientId } of whose === null ? [] : readOutbox(whose, timing.now())) {
		const entry = heldEntry(clientId);
		if (entry) keep(entry);
	}
}

/** Calls `act` with the conversation in which another tab wrote a message, or changed one that waits. */
export function whenOtherTabWrites(act: (conversationId: string) => void): void {
	onNews.add(act);
}

async function takeInOthers(): Promise<void> {
	const whose = owner.peek();
	if (whose === null) return;
	takeInIntents(whose);
	const wereMarked = marked(whose);
	const there = await withOutbox((database) => database.readEntries(whose, timing.now(), true));
	if (!there || owner.peek() !== whose) return;
	givenUpAfter = 0;
	takeInStored(whose, there);
	// The page may have heard so before the database was open.
	for (const entry of there) if (isAtServer(entry)) dropEntry(entry.clientId);
	const areThere = new Set(there.map(({ clientId }) => clientId));
	for (const id of wereMarked.keys()) if (!areThere.has(id)) unmark(whose, id);
}

/** How long a conversation's next message waits for the database, in milliseconds. */
function patienceFor(conversationId: string): number {
	const areUnread = unreadRooms().includes(conversationId);
	return areUnread ? PATIENCE_BEHIND_OTHERS : PATIENCE;
}

/** The conversation of each message that is noted to be in the database and could not be read there so far. */
export function unreadRooms(): string[] {
	const whose = owner.peek();
	const there = whose === null ? [] : [...marked(whose)];
	return there.filter(([id]) => !isKnown(id)).map(([, room]) => room);
}

function announce(isIt: (entry: OutboxEntry) => boolean): void {
	const entry = outbox.peek().find((written) => isIt(written) && !written.refusal);
	if (entry) for (const act of onNews) act(entry.conversationId);
}

/** What `reading` comes to; nothing when the database does not answer for `patience` milliseconds. */
const inTime = (reading: Promise<void>, patience: number) =>
	new Promise<void>((go) => {
		const isEnough = afterSilence(timing, patience, () => {
			givenUpAfter = Math.max(givenUpAfter, patience);
			go();
		});
		const answered = () => {
			isEnough();
			go();
		};
		reading.then(answered, answered);
	});

/** A message whose answer was lost comes back as an event: then it is at the server. */
facts.subscribe(() => {
	for (const entry of outbox.peek()) if (isAtServer(entry)) dropEntry(entry.clientId);
});

addEventListener("storage", ({ key, newValue }) => {
	const whose = owner.peek();
	const prefix = whose === null ? null : entryKey(whose, "");
	if (whose === null || prefix === null || !key?.startsWith(prefix)) return;
	const clientId = key.slice(prefix.length);
	// With a database, what goes from here has gone there, and what is removed is told.
	if (hasDatabase && readText(key) === null) return;
	batch(() => {
		forget(clientId);
		if (newValue !== null) takeInIntents(whose);
	});
	announce((entry) => entry.clientId === clientId);
});

whenTold((news) => {
	if (news.owner !== owner.peek()) return;
	if (news.type === "removed") {
		forget(news.clientId, true);
		unmark(news.owner, news.clientId);
	} else if (news.type === "written") {
		const isThere = (entry: OutboxEntry) => entry.conversationId === news.conversationId;
		void takeInOthers().then(() => announce(isThere));
	}
});
