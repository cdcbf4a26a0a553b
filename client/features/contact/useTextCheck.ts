import { useMemo, useState } from "preact/hooks";
import { type Appealed, appealOf, askHowTheyStand } from "../../state/appeals";
import type { Warning } from "../../state/contactWatch";
import type { Problem } from "../../state/types";
import { standingOf } from "./standing";
import { useContactWatch } from "./useContactWatch";

export interface TextCheck {
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
	/** Whether it may go out now. An allowance lasts until the server has answered. */
	passes: () => boolean;
	/** The server has refused it (`contact_blocked`). */
	refused: (why: Problem) => void;
	/** It is somebody else's now: nothing is to be said of it any more. */
	left: () => void;
}

/**
 * A text being written, held against what may be said in this conversation, or in none; `recent` as in ContactWatch.
 */
export function useTextCheck(
	kind: Appealed["kind"],
	conversationId: string | null,
	text: string,
	recent?: () => readonly string[],
): TextCheck {
	const watch = useContactWatch(text, recent);
	/** The text that was not sent, and how often Send was pressed on it. */
	const [pressed, setPressed] = useState({ text: "", times: 0 });
	const presses = pressed.text === text ? pressed.times : 0;
	const appealed = useMemo<Appealed>(
		() => ({ kind, text, conversationId }),
		[kind, text, conversationId],
	);
	const asked = appealOf(appealed)?.status;
	const warning = watch.warning.value;
	const pressedInVain = () => setPressed({ text, times: presses + 1 });
	return {
		warning,
		...standingOf(appealed, warning),
		appealed,
		presses,
		pasted: (next) => watch.typed(next, true),
		passes() {
			if (asked === "allowed" || !watch.look(text)) return true;
			pressedInVain();
			// The answer may have come to another device. It is only looked for: nothing is asked of the operator twice.
			if (asked === "open") void askHowTheyStand();
			return false;
		},
		refused({ reason, spans }) {
			watch.refused(text, reason, spans);
			pressedInVain();
		},
		left: () => watch.clear(),
	};
}
