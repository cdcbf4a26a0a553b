import { t } from "../../i18n";
import type { Unsent } from "../../state/signOut";

/** "messages (2), bookings (1)" */
export function unsentWhat(unsent: Unsent): string {
	const kinds = (["messages", "orders", "answers"] as const).filter((kind) => unsent[kind] > 0);
	return kinds.map((kind) => t(`account.unsent.${kind}`, { count: unsent[kind] })).join(", ");
}
