import type { Message } from "../net/types";
import type { Facts } from "./facts";
import { shownRun } from "./history";

/**
 * What is known now, over what was known `before` where nothing newer is: for the eye, not for the stream. A message
 * never changes, so the ones known before go on standing under the ones of now, as long as both tell the same.
 */
export function over(before: Facts, now: Facts): Facts {
	const messages = new Map([...before.messages, ...now.messages]);
	const heads = new Map([...before.heads, ...now.heads]);
	for (const [id, fresh] of now.messages) {
		const old = before.messages.get(id);
		if (!old || contradicts(old, fresh, now.conversations.get(id)?.lastMessage?.seq)) continue;
		const last = old.at(-1)?.seq ?? 0;
		// What lies deeper, e.g. an own message that was sent again, joins nothing.
		const run = shownRun(fresh, now.heads.get(id) ?? Number.POSITIVE_INFINITY);
		const isJoined = last >= (run[0]?.seq ?? 0) - 1;
		if (!isJoined && now.opened.has(id)) continue;
		messages.set(id, together(old, fresh));
		// The hole may be filled by the newest page: until that is here nothing goes from the screen.
		if (!isJoined) heads.set(id, last);
	}
	return {
		...now,
		bookings: under(before.bookings, now.bookings),
		conversations: under(before.conversations, now.conversations),
		marks: under(before.marks, now.marks),
		messages,
		heads,
	};
}

const under = <Value>(old: ReadonlyMap<string, Value>, fresh: ReadonlyMap<string, Value>) =>
	old.size === 0 ? fresh : new Map([...old, ...fresh]);

/** After a restored backup the server gives the same numbers to other messages, or has fewer. */
function contradicts(
	old: readonly Message[],
	fresh: readonly Message[],
	newest: number | undefined,
): boolean {
	if (newest !== undefined && (old.at(-1)?.seq ?? 0) > newest) return true;
	const ids = new Map(old.map(({ seq, id }) => [seq, id]));
	return fresh.some(({ seq, id }) => (ids.get(seq) ?? id) !== id);
}

function together(old: readonly Message[], fresh: readonly Message[]): readonly Message[] {
	const bySeq = new Map([...old, ...fresh].map((message) => [message.seq, message]));
	return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}
