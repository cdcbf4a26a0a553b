import type { Message } from "../net/types";

/** The messages up to the newest between which none is missing; what lies below a hole comes with older pages. */
export function newestRun(messages: readonly Message[]): readonly Message[] {
	let start = messages.length - 1;
	while (start > 0 && messages[start - 1]?.seq === (messages[start]?.seq ?? 0) - 1) start--;
	return start <= 0 ? messages : messages.slice(start);
}
