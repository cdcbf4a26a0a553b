import { computed, type ReadonlySignal } from "@preact/signals";

/** A list computed from others that stays the very same while its items do, so that a tick of the clock draws nothing anew. */
export function stableList<Item>(make: () => readonly Item[]): ReadonlySignal<readonly Item[]> {
	let before: readonly Item[] = [];
	return computed(() => {
		const next = make();
		const isSame = next.length === before.length && next.every((item, at) => item === before[at]);
		if (!isSame) before = next;
		return before;
	});
}
