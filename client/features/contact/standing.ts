import { type Appealed, appealOf } from "../../state/appeals";
import type { Warning } from "../../state/contactWatch";

export interface Standing {
	/** It can't be sent as it stands. */
	isBlocked: boolean;
	/** There is something to read about it: what is wrong, or that it may be sent after all. */
	isShown: boolean;
}

/** How it stands with a text that may have something wrong with it, and may have been asked about. */
export function standingOf(appealed: Appealed, warning: Warning | null): Standing {
	const isAllowed = appealOf(appealed)?.status === "allowed";
	return { isBlocked: warning !== null && !isAllowed, isShown: warning !== null || isAllowed };
}
