/** A conversation as rows on the screen. */

import type { ChatMessage } from "../../state/messages";

export type Row =
	| { type: "day"; key: string; at: number }
	| { type: "unread"; key: string }
	| { type: "message"; key: string; message: ChatMessage; closes: boolean };

const GROUP_MS = 5 * 60_000;

/** Whether `next` goes on with what the same person just wrote, so that one time stands under both. */
function goesOn(message: ChatMessage, next: ChatMessage | undefined): boolean {
	return (
		next !== undefined &&
		next.own === message.own &&
		next.kind === message.kind &&
		next.state === message.state &&
		next.at - message.at < GROUP_MS
	);
}

/**
 * Rows with a line for each new day and one before the first unread message of the other person.
 * `readSeq` is how far this person had read when the chat was opened; `dayOf` names the day of an instant.
 */
export function rowsOf(
	messages: readonly ChatMessage[],
	readSeq: number | null,
	dayOf: (at: number) => string,
): Row[] {
	const rows: Row[] = [];
	let day = "";
	let marked = readSeq === null;
	messages.forEach((message, index) => {
		const next = messages[index + 1];
		const today = dayOf(message.at);
		if (today !== day) rows.push({ type: "day", key: `day-${today}`, at: message.at });
		day = today;
		if (!marked && !message.own && message.seq !== null && message.seq > (readSeq ?? 0)) {
			marked = true;
			rows.push({ type: "unread", key: "unread" });
		}
		const closes = !goesOn(message, next) || (next !== undefined && dayOf(next.at) !== today);
		rows.push({ type: "message", key: message.key, message, closes });
	});
	return rows;
}
