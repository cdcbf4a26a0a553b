/** R28: a chat that is put back to its beginning, without a word to its booking. */
import { setTypedText } from "./messages";
import { updateWindow, windowList } from "./windowList";

/** Empties what is being typed and opens the window out; messages, booking and step stay as they are. */
export function resetWindow(therapistId: string): void {
	const window = windowList.peek().find((open) => open.therapistId === therapistId);
	if (!window) return;
	if (window.conversationId) setTypedText(window.conversationId, "");
	updateWindow(window.id, { isMinimised: false, closedBecause: null, delay: null });
}
