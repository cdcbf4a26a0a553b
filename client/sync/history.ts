import type { Message } from "../net/types";

/**
 * The messages to show, up to the newest. Below `head` there must be none missing: what lies under such a hole comes
 * with older pages. Above it the stream brings every message, so a hole there is one that fills by itself, e.g. an
 * own message whose answer came before the other person's earlier one; nothing goes from the screen meanwhile.
 */
export function shownRun(messages: readonly Message[], head: number): readonly Message[] {
	const seqAt = (at: number) => messages[at]?.seq ?? 0;
	let start = messages.length - 1;
	while (start > 0 && (seqAt(start - 1) === seqAt(start) - 1 || seqAt(start - 1) >= head)) start--;
	return start <= 0 ? messages : messages.slice(start);
}
