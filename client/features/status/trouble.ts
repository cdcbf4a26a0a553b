import { computed, effect, signal } from "@preact/signals";
import { now } from "../../state/clock";
import { connection } from "../../state/connection";

export type Trouble =
	/** The device says it has no network. */
	| { kind: "offline" }
	/** Events come by long-poll. */
	| { kind: "limited" }
	/** Nothing is connected; `seconds` until the next try, null while trying or about to. */
	| { kind: "none"; seconds: number | null };

/** A hiccup shorter than this is nobody's business. */
const PATIENCE_MS = 5_000;
const SHOWN_FROM_SECONDS = 5;

/** Since when something is wrong, in milliseconds of `performance.now()`: no set clock makes it wait or hurry. */
const since = signal<number | null>(null);

effect(() => {
	const isFine = connection.value.connectionType === "websocket";
	if (isFine) since.value = null;
	else since.value ??= performance.now();
});

/** What is wrong with the connection, once it has lasted five seconds; else null. */
export const trouble = computed<Trouble | null>(() => {
	const began = since.value;
	// Read for its tick: time alone turns a hiccup into trouble.
	void now.value;
	if (began === null || performance.now() - began < PATIENCE_MS) return null;
	const { connectionType, nextAttemptAt } = connection.value;
	if (connectionType === "polling") return { kind: "limited" };
	if (!navigator.onLine) return { kind: "offline" };
	const seconds = nextAttemptAt === null ? 0 : Math.ceil((nextAttemptAt - Date.now()) / 1000);
	return { kind: "none", seconds: seconds >= SHOWN_FROM_SECONDS ? seconds : null };
});
