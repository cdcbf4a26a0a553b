/** The key by which a guest can be had again, on the disk: a browser that dies may lose a cookie it has just been given. */
import { inDatabase } from "./database";
import { type Fields, isFields, text } from "./decode";
import { NOBODY_YET } from "./owner";

/** What is needed to make a guest, or to be the same one again. */
export interface GuestToMake {
	guestKey: string;
	displayName: string;
	locale: string;
	timezone: string;
}

/** Beside the orders of nobody, so that a sign-out removes it with them. */
const KEY: [string, string] = [NOBODY_YET, "guest:"];

export const guestFrom = ({ guestKey, displayName, locale, timezone }: Fields): GuestToMake => ({
	guestKey: text(guestKey),
	displayName: text(displayName),
	locale: text(locale),
	timezone: text(timezone),
});

/** Done when it is on the disk, or cannot be. */
export async function putGuest(guest: GuestToMake): Promise<void> {
	await inDatabase(async (database) => {
		const act = database.transaction("outbox", "readwrite", { durability: "strict" });
		await Promise.all([act.store.put({ ...guest }, KEY), act.done]);
	});
}

export async function readGuest(): Promise<GuestToMake | null> {
	const stored: unknown = await inDatabase((database) => database.get("outbox", KEY));
	const guest = isFields(stored) ? guestFrom(stored) : null;
	return guest?.guestKey && guest.displayName ? guest : null;
}

export async function deleteGuest(): Promise<void> {
	await inDatabase((database) => database.delete("outbox", KEY));
}
