import { useEffect } from "preact/hooks";
import { knownTherapist, loadDirectory, loadTherapist } from "../../state/directory";

/** Everyone at once, then one by one whoever is not in that list: filtered out of it, or not offered any more. */
async function fetchMissing(therapistIds: readonly string[]): Promise<void> {
	const isMissing = (id: string) => knownTherapist(id) === null;
	if (!therapistIds.some(isMissing)) return;
	await loadDirectory();
	for (const id of therapistIds.filter(isMissing)) await loadTherapist(id);
}

/** Fetches the providers of the bookings shown: their portraits, and their services in the language on the screen. */
export function useProviders(therapistIds: readonly string[]): void {
	// A damaged booking may have anything for an id.
	const ids = therapistIds.filter((id) => typeof id === "string" && id.trim() !== "");
	const asked = [...new Set(ids)].sort().join();
	useEffect(() => {
		if (asked) void fetchMissing(asked.split(","));
	}, [asked]);
}
