import type { Api } from "../net/api";
import type { Result } from "../net/problem";
import type { Page } from "../net/types";
import type { Answer } from "./apply";

/** Lists are read whole up to this many pages; what is older stays on the server. */
const MOST_PAGES = 10;

type Lists = Pick<Api, "bookings" | "conversations" | "notifications">;

/** All bookings, conversations and open notifications of the person signed in; the first failure if one fails. */
export async function loadSnapshots(api: Lists): Promise<Result<readonly Answer[]>> {
	const lists = await Promise.all([
		readList(api.bookings, (data): Answer => ({ type: "booking", data })),
		readList(api.conversations, (data): Answer => ({ type: "conversation", data })),
		readList(api.notifications, (data): Answer => ({ type: "notification", data })),
	]);
	const facts: Answer[] = [];
	for (const list of lists) {
		if (!list.ok) return list;
		facts.push(...list.value);
	}
	return { ok: true, value: facts };
}

async function readList<Item>(
	read: (after: string | null) => Promise<Result<Page<Item>>>,
	asFact: (item: Item) => Answer,
): Promise<Result<readonly Answer[]>> {
	const facts: Answer[] = [];
	let after: string | null = null;
	for (let page = 0; page < MOST_PAGES; page++) {
		const result: Result<Page<Item>> = await read(after);
		if (!result.ok) return result;
		facts.push(...result.value.items.map(asFact));
		after = result.value.nextCursor;
		if (after === null) break;
	}
	return { ok: true, value: facts };
}
