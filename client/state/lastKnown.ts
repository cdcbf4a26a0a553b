/** What was known last on this device: shown until the server tells, and written as it changes. */

import type { Conversation } from "../net/types";
import type { Owner } from "../storage/owner";
import { type Facts, noFacts } from "../sync/facts";
import { shownRun } from "../sync/history";
import { hasDatabase, withOutbox } from "./device";
import { api, timing } from "./engine";
import { confirmLastKnown, facts, servedFacts, setLastKnown } from "./facts";
import { snapshots } from "./live";
import { owner, session } from "./session";

type History = typeof import("../storage/historyDatabase");

/** Milliseconds from a change until it is written: off the way of what the person is doing. */
const WRITE_AFTER = 1_000;
/** Chats that were not opened on this device are fetched for later this long after everything else, in milliseconds. */
const FETCH_AFTER = 5_000;
/** And only so many, the most recent ones. */
const FETCHED_CHATS = 20;
const PAGE = 50;

/** What is in the database, to write only what changed. */
let written: Facts = noFacts;
let cancelWrite = () => {};
let cancelFetch = () => {};

/** Runs `act` on what is kept; nothing where the browser has no database. */
export async function withHistory(act: (history: History) => Promise<void>): Promise<void> {
	if (!hasDatabase) return;
	try {
		await act(await import("../storage/historyDatabase"));
	} catch {
		// The code cannot be loaded now: what is known stays in this page.
	}
}

/** Starts to show and to keep; nothing where the browser has no database. */
export function startKeeping(): void {
	if (!hasDatabase) return;
	owner.subscribe(begin);
	snapshots.subscribe(({ state }) => {
		if (state !== "ready") return;
		confirmLastKnown();
		writeSoon();
		cancelFetch();
		cancelFetch = timing.after(FETCH_AFTER, () => void fetchUnopened());
	});
	servedFacts.subscribe((next) => {
		if (next !== written && snapshots.peek().state === "ready") writeSoon();
	});
}

function writeSoon(): void {
	cancelWrite();
	cancelWrite = timing.after(WRITE_AFTER, () => void write());
}

function begin(whose: Owner | null): void {
	cancelWrite();
	cancelFetch();
	written = noFacts;
	if (session.peek().status === "signed-out") void forgetOthers(null);
	else if (whose !== null) void show(whose);
}

/** A session that ended without the person's word leaves what they sent off, and nothing to read. */
async function forgetOthers(whose: Owner | null): Promise<void> {
	await withOutbox(({ wipeHistoryOfOthers }) => wipeHistoryOfOthers(whose));
}

async function show(whose: Owner): Promise<void> {
	await withHistory(async ({ readKept }) => {
		const kept = await readKept(whose);
		if (!kept || owner.peek() !== whose || snapshots.peek().state === "ready") return;
		setLastKnown({ facts: { ...noFacts, ...kept.facts }, asOf: kept.asOf });
	});
}

async function write(): Promise<void> {
	const whose = owner.peek();
	const next = servedFacts.peek();
	if (whose === null || snapshots.peek().state !== "ready") return;
	const last = written;
	written = next;
	await withHistory(async ({ writeLists, writeThread }) => {
		await writeLists(whose, {
			bookings: [...next.bookings.values()],
			conversations: [...next.conversations.values()],
			marks: [...next.marks],
			asOf: timing.now(),
		});
		for (const [id, messages] of next.messages) {
			if (last.messages.get(id) === messages) continue;
			await writeThread(
				whose,
				id,
				shownRun(messages, next.heads.get(id) ?? Number.POSITIVE_INFINITY),
			);
		}
	});
}

/** Fetches what is not here of the newest chats, one after the other, for a later start without a network. */
async function fetchUnopened(): Promise<void> {
	const whose = owner.peek();
	if (whose === null) return;
	const chats = [...facts.peek().conversations.values()].sort(byActivity).slice(0, FETCHED_CHATS);
	await withHistory(async ({ isThreadKept, writeThread }) => {
		for (const { id, lastMessage } of chats) {
			if (await isThreadKept(whose, id, lastMessage?.seq ?? 0)) continue;
			if (owner.peek() !== whose) return;
			const page = await api.messages(id, null, PAGE);
			if (page.ok && owner.peek() === whose) await writeThread(whose, id, page.value.items);
		}
	});
}

const byActivity = (one: Conversation, other: Conversation) =>
	Date.parse(other.lastMessage?.createdAt ?? "") - Date.parse(one.lastMessage?.createdAt ?? "") ||
	0;
