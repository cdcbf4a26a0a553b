/** What was known last, for a start without a network: the lists, and the newest messages of each conversation. */
import type { Booking, Conversation, Mark, Message } from "../net/types";
import { inDatabase, rangeOf } from "./database";
import { type Fields, isFields, stamp, text } from "./decode";
import type { Owner } from "./owner";

/** R14. */
const KEPT_MESSAGES = 50;
const LISTS = "lists";
const THREAD = "thread";

/** The lists as they are stored. */
export interface KeptLists {
	bookings: readonly Booking[];
	conversations: readonly Conversation[];
	marks: readonly (readonly [string, readonly Mark[]])[];
	/** Device time, ms. */
	asOf: number;
}

/** The same as facts; each by its id. */
export interface KeptFacts {
	bookings: ReadonlyMap<string, Booking>;
	conversations: ReadonlyMap<string, Conversation>;
	marks: ReadonlyMap<string, readonly Mark[]>;
	messages: ReadonlyMap<string, readonly Message[]>;
	heads: ReadonlyMap<string, number>;
}

export async function writeLists(owner: Owner, lists: KeptLists): Promise<void> {
	await inDatabase((database) => database.put("history", { ...lists }, [owner, LISTS, ""]));
}

/** Adds the newest messages of a conversation, as a run without a hole, to what is kept of it. */
export async function writeThread(
	owner: Owner,
	conversationId: string,
	run: readonly Message[],
): Promise<void> {
	await inDatabase(async (database) => {
		const act = database.transaction("history", "readwrite");
		const key: [string, string, string] = [owner, THREAD, conversationId];
		const messages = newestRun(messagesIn(await act.store.get(key)), run);
		await Promise.all([act.store.put({ messages }, key), act.done]);
	});
}

/** Whether of this conversation all is kept that is to be, when `head` is its newest message. */
export async function isThreadKept(
	owner: Owner,
	conversationId: string,
	head: number,
): Promise<boolean> {
	const stored = await inDatabase((database) =>
		database.get("history", [owner, THREAD, conversationId]),
	);
	const messages = messagesIn(stored ?? undefined);
	const isWhole = messages.length >= Math.min(head, KEPT_MESSAGES);
	return isWhole && (messages.at(-1)?.seq ?? 0) >= head;
}

/** What was known of this person and when; null when nothing was kept, or it cannot be read. */
export async function readKept(owner: Owner): Promise<{ facts: KeptFacts; asOf: number } | null> {
	const stored = await inDatabase((database) => database.get("history", [owner, LISTS, ""]));
	const asOf = stamp(stored?.asOf);
	if (!stored || asOf === null) return null;
	const threads = (await readThreads(owner)) ?? [];
	const conversations = listOf<Conversation>(stored.conversations, "id");
	const marks = Array.isArray(stored.marks) ? stored.marks.filter(isMarks) : [];
	return {
		facts: {
			bookings: byId(listOf<Booking>(stored.bookings, "bookingId"), "bookingId"),
			conversations: byId(conversations, "id"),
			marks: new Map(marks),
			messages: new Map(threads),
			heads: new Map(threads.map(([id, messages]) => [id, messages.at(-1)?.seq ?? 0])),
		},
		asOf,
	};
}

async function readThreads(owner: Owner): Promise<[string, readonly Message[]][] | null> {
	return inDatabase(async (database) => {
		const { store } = database.transaction("history");
		const range = rangeOf(owner, THREAD);
		const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
		return keys.map(([, , id], at) => [id, messagesIn(values[at])]);
	});
}

function newestRun(kept: readonly Message[], run: readonly Message[]): readonly Message[] {
	const first = run[0]?.seq ?? 0;
	const older = kept.filter(({ seq }) => seq < first);
	// What does not reach up to the new run would leave a hole.
	const isJoined = older.at(-1)?.seq === first - 1;
	return [...(isJoined ? older : []), ...run].slice(-KEPT_MESSAGES);
}

const messagesIn = (stored: Fields | undefined): readonly Message[] =>
	listOf<Message>(stored?.messages, "id").filter(
		({ seq, message }) => Number.isSafeInteger(seq) && typeof message === "string",
	);

/** The items that have their id; a window or list checks the rest, as with what comes from the server. */
function listOf<Item>(stored: unknown, id: keyof Item & string): Item[] {
	const items = Array.isArray(stored) ? stored.filter(isFields) : [];
	return items.filter((item) => text(item[id]) !== "") as Item[];
}

const byId = <Item>(items: readonly Item[], id: keyof Item) =>
	new Map(items.map((item) => [String(item[id]), item]));

const isMarks = (entry: unknown): entry is [string, readonly Mark[]] =>
	Array.isArray(entry) && typeof entry[0] === "string" && Array.isArray(entry[1]);
