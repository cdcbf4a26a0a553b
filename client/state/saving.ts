/** Writing down what is being typed before the page is taken away by our own doing. */
const savers = new Set<() => void>();

/** Calls `save` when the page is about to be loaded again, or has broken. */
export function whenSaving(save: () => void): void {
	savers.add(save);
}

/** Whatever is being typed on this page is on the device afterwards, as far as it can be. */
export function saveTyped(): void {
	for (const save of savers) save();
}
