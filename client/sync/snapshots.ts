import type { Api } from "../net/api";
import type { Result } from "../net/problem";
import type { Page } from "../net/types";
import type { Answer } from "./apply";
import { trueAt } from "./preloaded";

/** Lists are read whole up to this many pages; what is older stays on the server. */
const MOST_PAGES = 10;

type Lists = Pick<Api, "bookings" | "conversations" | "notifications">;

/**
 * All bookings, conversations and open notifications of the person signed in; the first failure if one fails.
 *
 * @param from where the stream of this page began, as in `trueAt`
 */
export async function loadSnapshots(
	api: Lists,
	from: string | null = null,
): Promise<Result<readonly Answer[]>> {
	const lists = await Promise.all([
		readList(from, api.bookings, (data): Answer => ({ type: "booking", data })),
		readList(from, api.conversations, (data): Answer => ({ type: "conversation", data })),
		readList(from, api.notifications, (data): Answer => ({ type: "notification", data })),
	]);
	const facts: Answer[] = [];
	for (const list of lists) {
		if (!list.ok) return list;
		facts.push(...list.value);
	}
	return { ok: true, value: facts };
}

async function readList<Item>(
	from: string | null,
	read: (after: string | null) => Promise<Result<Page<Item>>>,
	asFact: (item: Item) => Answer,
): Promise<Result<readonly Answer[]>> {
	const facts: Answer[] = [];
	let after: string | null = null;
	for (let page = 0; page < MOST_PAGES; page++) {
		const at = page === 0 ? from : null;
		const result: Result<Page<Item>> = await trueAt(at, () => read(after));
		if (!result.ok) return result;
		facts.push(...result.value.items.map(asFact));
		after = result.value.nextCursor;
		if (after === null) break;
	}
	return { ok: true, value: facts };
}
