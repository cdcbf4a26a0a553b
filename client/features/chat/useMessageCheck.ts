import { useMemo, useState } from "preact/hooks";
import { type Appealed, appeal, appealOf, spendPermission } from "../../state/appeals";
import type { Warning } from "../../state/contactWatch";
import { recentlySaid } from "../../state/messages";
import { useContactWatch } from "../contact/useContactWatch";

export interface MessageCheck {
	/** What is wrong with what is written. */
	warning: Warning | null;
	/** It can't be sent as it stands. */
	isBlocked: boolean;
	/** There is something to read about it: what is wrong, or that it may be sent after all. */
	isShown: boolean;
	appealed: Appealed;
	/** How often Send was pressed in vain. */
	presses: number;
	pasted: (text: string) => void;
	/** Whether it may go out now; it is then taken to be gone. */
	passes: () => boolean;
}

/** The message being written, held against what may be said here. */
export function useMessageCheck(conversationId: string, text: string): MessageCheck {
	const watch = useContactWatch(text, () => recentlySaid(conversationId));
	/** The text that was not sent, and how often Send was pressed on it. */
	const [pressed, setPressed] = useState({ text: "", times: 0 });
	const presses = pressed.text === text ? pressed.times : 0;
	const appealed = useMemo<Appealed>(
		() => ({ kind: "message", text, conversationId }),
		[text, conversationId],
	);
	const asked = appealOf(appealed)?.status;
	const warning = watch.warning.value;
	const isBlocked = warning !== null && asked !== "allowed";
	return {
		warning,
		isBlocked,
		isShown: isBlocked || asked === "allowed",
		appealed,
		presses,
		pasted: (next) => watch.typed(next, true),
		passes() {
			if (asked !== "allowed" && watch.look(text)) {
				setPressed({ text, times: presses + 1 });
				// The answer may have come to another device.
				if (asked === "open") void appeal(appealed, "");
				return false;
			}
			spendPermission(appealed);
			watch.clear();
			return true;
		},
	};
}
