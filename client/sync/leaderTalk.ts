import type { Carrier } from "./carrier";
import { type Beat, readTabMessage } from "./channel";
import type { ConnectionStatus } from "./connectionStatus";
import { takeWord } from "./leaderHearing";
import type { LeaderParts } from "./leaderParts";
import type { Queue } from "./leaderQueue";
import { isCarrying, isHeeded, type Role, type Seat } from "./leaderSeat";
import type { Trust } from "./leaderTrust";
import type { WatchLists } from "./leaderWatch";

/** How often a tab that is seen asks whether its leader is there. A timer of the leader would be slowed when hidden. */
export const ASK_EVERY = 1_000;

interface TalkParts {
	parts: LeaderParts;
	seat: Seat;
	queue: Queue;
	lists: WatchLists;
	trust: Trust;
	carrier: Carrier;
	/** Whose tabs they are. */
	whose(): string;
	hasSession(): boolean;
	become(role: Role): void;
	/** Lets another tab lead where that is better. */
	passOn(): void;
}

/** What the tabs say to each other about who carries, and what follows from it. */
export interface Talk {
	/** Says how this tab is connected. */
	beat(): void;
	/** Asks now and, while somebody looks, every second; without an answer for too long this tab carries for itself. */
	ask(): void;
	/** Asks no more. */
	hush(): void;
	hear(data: unknown): void;
}

export function createTalk(talking: TalkParts): Talk {
	const { parts, seat, queue, lists, trust, carrier, whose, hasSession, become, passOn } = talking;
	const { id, timing } = parts;
	let hush = () => {};

	const beat = () =>
		queue.say({
			type: "beat",
			holds: seat.role === "leading",
			term: seat.term,
			status: moved(seat.status, -timing.elapsed()),
		});

	function ask(): void {
		hush();
		const asks = queue.isEntered() && (seat.role === "standing in" || seat.role === "following");
		if (!asks) return;
		const isSeen = parts.isSeen();
		queue.say({ type: "ask", isSeen, term: seat.term, watch: isSeen ? lists.own : [] });
		// The leader, awake again, hears that it was stood in for.
		if (seat.role === "standing in") beat();
		else if (!isSeen) return;
		hush = timing.after(ASK_EVERY, () => {
			trust.turn();
			if (seat.role === "following" && trust.isSilent()) become("standing in");
			ask();
		});
	}

	function hear(data: unknown): void {
		const message = readTabMessage(data, whose());
		if (!message || message.from === id) return;
		switch (message.type) {
			case "ask":
				if (message.isSeen) seat.lookedAt = timing.elapsed();
				if (seat.role === "leading") seat.term = Math.max(seat.term, message.term);
				if (isCarrying(seat)) beat();
				if (lists.note(message.from, message.watch) && isCarrying(seat)) {
					carrier.tell({ type: "presence", watch: lists.merged() });
				}
				passOn();
				break;
			case "beat":
				if (seat.role === "leading") beCalledOut(message);
				else if (isHeeded(seat, id, message, trust)) follow(message);
				break;
			default:
				takeWord(message, { parts, carrier, isCarrying: () => isCarrying(seat), hasSession });
		}
	}

	/** This tab was stood in for, or its term is not heard of: it says that it is there. */
	function beCalledOut(heard: Beat): void {
		if (heard.term < seat.term) return;
		// Should a browser give the lock to two: they must not call each other out for ever.
		if (heard.holds && heard.from < id) return;
		seat.term = heard.term + 1;
		beat();
	}

	function follow(heard: Beat): void {
		const isNew = seat.followed !== heard.from;
		trust.heard();
		if (isCarrying(seat) || isNew) become("following");
		seat.followed = heard.from;
		seat.term = heard.term;
		parts.status(moved(heard.status, timing.elapsed()));
		// What it told before this tab listened is known only to the server.
		if (isNew && hasSession()) parts.stream.catchUp();
	}

	return { beat, ask, hush: () => hush(), hear };
}

/** The status with its moment on another clock. */
function moved(status: ConnectionStatus, by: number): ConnectionStatus {
	const { nextAttemptAt } = status;
	return nextAttemptAt === null ? status : { ...status, nextAttemptAt: nextAttemptAt + by };
}
