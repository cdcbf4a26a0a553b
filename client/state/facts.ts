import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Facts, noFacts } from "../sync/facts";

const current = signal<Facts>(noFacts);

/** What the server told this device about the person signed in. */
export const facts: ReadonlySignal<Facts> = current;

/** Only for what composes the stream: everything else learns through it. */
export function setFacts(next: Facts): void {
	current.value = next;
}

/** Runs `act` with every change of the facts. What is returned ends it. */
export function onFacts(act: (next: Facts, before: Facts) => void): () => void {
	let before = current.peek();
	return effect(() => {
		const next = current.value;
		const last = before;
		before = next;
		if (next !== last) act(next, last);
	});
}
