import { computed, effect, signal } from "@preact/signals";
import { now } from "../../state/clock";
import {
	type ConnectionStatus,
	connection,
	monotonicNow,
	type Reason,
} from "../../state/connection";

export interface Trouble {
	/**
	 * `poor`: it works, and is slow. `crawling`: it works, and takes a second or more. `limited`: events come by long-poll. `offline`: the device says it has no
	 * network. `none`: nothing is connected.
	 */
	kind: "poor" | "crawling" | "limited" | "offline" | "none";
	reason: Reason | null;
	attempts: number;
	/** Until the next try; null while trying or about to. */
	seconds: number | null;
}

/** A hiccup shorter than this is nobody's business. */
const PATIENCE_MS = 5_000;
const SHOWN_FROM_SECONDS = 5;

/** Since when something is wrong, on the clock that nobody sets. */
const since = signal<number | null>(null);

effect(() => {
	if (kindOf(connection.value) === null) since.value = null;
	else since.value ??= monotonicNow();
});

/** What is wrong with the connection, once it has lasted five seconds; else null. */
export const trouble = computed<Trouble | null>(() => {
	const began = since.value;
	// Read for its tick: time alone turns a hiccup into trouble.
	void now.value;
	const kind = kindOf(connection.value);
	if (kind === null || began === null || monotonicNow() - began < PATIENCE_MS) return null;
	const { reason, reconnectAttempts, nextAttemptAt } = connection.value;
	const seconds = nextAttemptAt === null ? 0 : Math.ceil((nextAttemptAt - monotonicNow()) / 1000);
	return {
		kind,
		reason,
		attempts: reconnectAttempts,
		seconds: seconds >= SHOWN_FROM_SECONDS ? seconds : null,
	};
});

function kindOf({ connectionType, quality, reason }: ConnectionStatus): Trouble["kind"] | null {
	if (connectionType === "websocket") {
		if (quality === "disconnected") return "crawling";
		return quality === "poor" ? "poor" : null;
	}
	if (connectionType === "polling") return "limited";
	return reason === "offline" ? "offline" : "none";
}
