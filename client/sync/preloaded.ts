import type { Result } from "../net/problem";
import type { Page } from "../net/types";

/**
 * The page asks for what its screen begins with along with the session, before its script runs. Such an answer may be
 * older than the cursor the stream begins at, and what happened in between would never come: it is taken only where it
 * is true at that very cursor, and asked for again else.
 *
 * @param cursor where the stream of this page began; null once nothing can be older
 */
export async function trueAt<Item>(
	cursor: string | null,
	read: () => Promise<Result<Page<Item>>>,
): Promise<Result<Page<Item>>> {
	const first = await read();
	if (cursor === null || !first.ok || first.value.cursor === cursor) return first;
	return read();
}
