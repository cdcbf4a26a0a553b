/** The draft store by itself, to be timed on a page of the app, with the storage that such a page has. */
import { draftBytes } from "../../client/storage/draftFile";
import type { DraftParts } from "../../client/storage/draftParts";
import { createDrafts } from "../../client/storage/drafts";

const THERAPIST = "t-measured";
const OWNER = "u-measured";
/** As much as people write: a draft of it takes about two kilobytes. */
const FIELDS = {
	serviceId: "ayu.60",
	when: "later",
	scheduledTime: "2027-01-14T04:00:00.000Z",
	locationType: "villa",
	area: "Sanur",
	location: "Jalan Danau Tamblingan 89, the second gate after the temple",
	massageFor: "female",
	customerName: "Wati Melati",
	customerWhatsApp: "0812 3456 7890",
} as const;

const parts: DraftParts<string> = {
	clock: { now: () => Date.now(), after: () => () => {} },
	owner: () => OWNER,
	check: () => [],
	submit: async () => "",
	discardOrder() {},
	holdOrder() {},
	lastBooking: async () => ({ ok: true, value: null }),
	keepMessages: async () => {},
	resetWindow() {},
	cleared() {},
};

/** The marks carry the thread's own time in a trace. */
function timed(name: string, act: () => void): number {
	performance.mark(`${name} begins`);
	const began = performance.now();
	act();
	const took = performance.now() - began;
	performance.mark(`${name} ends`);
	return took;
}

/** Milliseconds of each save of a change and of each load by a page that has nothing in memory; bytes on the device. */
function measure(rounds: number) {
	const drafts = createDrafts(parts);
	drafts.saveDraftImmediately(THERAPIST, FIELDS);
	const saves = Array.from({ length: rounds }, (_, round) =>
		timed("save", () => drafts.saveDraftImmediately(THERAPIST, { note: `firm pressure, please ${round}` })),
	);
	const loads = Array.from({ length: rounds }, () => {
		const fresh = createDrafts(parts);
		return timed("load", () => fresh.loadDraft(THERAPIST));
	});
	const bytes = draftBytes(THERAPIST, OWNER);
	drafts.clearDraft(THERAPIST);
	return { saves, loads, bytes };
}

Object.assign(globalThis, { measureDrafts: measure });
