import type { Beat } from "./channel";
import { type ConnectionStatus, notConnected } from "./connectionStatus";
import type { Trust } from "./leaderTrust";

/**
 * `alone`: the browser cannot share. `standing in`: the leader is silent, as a frozen tab is that still has the lock.
 * `off`: not started, or asleep.
 */
export type Role = "off" | "alone" | "following" | "standing in" | "leading";

/** Where one tab stands among the others. */
export interface Seat {
	role: Role;
	/** The highest heard of; a carrying tab's own. */
	term: number;
	/** How this tab's own carrier is connected. */
	status: ConnectionStatus;
	/** The tab that it has its events from. */
	followed: string | null;
	/** When a tab last asked that somebody looks at, on this tab's clock. */
	lookedAt: number;
}

export const newSeat = (): Seat => ({
	role: "off",
	term: 0,
	status: notConnected,
	followed: null,
	lookedAt: Number.NEGATIVE_INFINITY,
});

export const isCarrying = ({ role }: Seat): boolean =>
	role === "alone" || role === "standing in" || role === "leading";

/**
 * Whether the tab `id` follows who says that it carries. What an old leader said may arrive after the first word of the
 * new one.
 */
export function isHeeded(seat: Seat, id: string, heard: Beat, trust: Trust): boolean {
	if (seat.role === "standing in") return yieldsTo(seat, id, heard, trust);
	return seat.role === "following" && heard.term >= seat.term;
}

/** Of two that stand in, the one that began later goes on; the holder of the lock when it is there to stay. */
function yieldsTo({ term }: Seat, id: string, heard: Beat, trust: Trust): boolean {
	if (!heard.holds) return heard.term > term || (heard.term === term && heard.from < id);
	if (heard.term > term) trust.answered();
	return trust.isBack();
}
