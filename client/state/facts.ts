import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Facts, noFacts } from "../sync/facts";
import { over } from "../sync/over";

/** What was known when the app was last open, and when that was (device time, ms); null where it is confirmed. */
export interface LastKnown {
	facts: Facts;
	asOf: number | null;
}

const current = signal<Facts>(noFacts);
const before = signal<LastKnown | null>(null);

/** What the server told this page about the person signed in; the stream goes on from this and nothing else. */
export const servedFacts: ReadonlySignal<Facts> = current;

/** What is shown: what the server told, over what was known before while it has not told everything. */
export const facts: ReadonlySignal<Facts> = computed(() =>
	before.value ? over(before.value.facts, current.value) : current.value,
);

/** From when (device time, ms) that is which the server has not confirmed; null when it has, or nothing was kept. */
export const factsAsOf: ReadonlySignal<number | null> = computed(() => before.value?.asOf ?? null);

/** The server has told everything: of what was known before only the messages stay, under the ones it tells. */
export function confirmLastKnown(): void {
	const known = before.peek();
	if (known?.asOf == null) return;
	const { messages, heads } = known.facts;
	before.value = { facts: { ...noFacts, messages, heads }, asOf: null };
}

/** Shows what was known before, until the server tells; null ends it. Never a place for the stream to go on from. */
export function setLastKnown(next: LastKnown | null): void {
	before.value = next;
}

/** Only for what composes the stream: everything else learns through it. */
export function setFacts(next: Facts): void {
	current.value = next;
}

/** Runs `act` with every change of the facts. What is returned ends it. */
export function onFacts(act: (next: Facts, before: Facts) => void): () => void {
	let held = facts.peek();
	return effect(() => {
		const next = facts.value;
		const last = held;
		held = next;
		if (next !== last) act(next, last);
	});
}
