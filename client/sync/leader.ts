import type { Carrier } from "./carrier";
import { type Beat, readTabMessage } from "./channel";
import { type ConnectionStatus, notConnected } from "./connectionStatus";
import { takeWord } from "./leaderHearing";
import { sharedLine } from "./leaderLine";
import type { Leader, LeaderParts, Line } from "./leaderParts";
import { createQueue } from "./leaderQueue";
import { createTrust, PATIENCE } from "./leaderTrust";
import { createWatchLists } from "./leaderWatch";

/** How often a tab that is seen asks whether its leader is there. A timer of the leader would be slowed when hidden. */
const ASK_EVERY = 1_000;

/**
 * `alone`: the browser cannot share. `standing in`: the leader is silent, as a frozen tab is that still has the lock.
 * `off`: not started, or asleep.
 */
type Role = "off" | "alone" | "following" | "standing in" | "leading";

/**
 * One tab has the carrier, the one with the lock; the others hear from it. Every tab keeps a stream and a cursor of
 * its own, so whichever leads next goes on where it stands itself.
 */
export function createLeader(parts: LeaderParts, make: (line: Line) => Carrier): Leader {
	const { id, timing, log, stream } = parts;
	let role: Role = "off";
	let isOn = false;
	let isAsleep = false;
	let hasSession = false;
	let whose = "";
	let cancelAsking = () => {};
	/** The highest heard of; a carrying tab's own. */
	let term = 0;
	let status = notConnected;
	let followed: Beat | null = null;
	let lookedAt = Number.NEGATIVE_INFINITY;
	const lists = createWatchLists(timing.elapsed);
	const queue = createQueue(parts);
	const trust = createTrust();
	const { say } = queue;

	const isCarrying = () => role === "alone" || role === "standing in" || role === "leading";

	const carrier = make(
		sharedLine({
			line: parts,
			isCarrying,
			say,
			status(next) {
				const isNewSocket =
					next.connectionType === "websocket" && status.connectionType !== "websocket";
				status = next;
				if (!isCarrying()) return;
				parts.status(next);
				beat();
				if (isNewSocket && lists.merged().length > 0) tellWatched();
				if (!next.isConnected) timing.after(0, passOn);
			},
			ended: end,
		}),
	);

	const beat = () =>
		say({
			type: "beat",
			holds: role === "leading",
			term,
			status: moved(status, -timing.elapsed()),
		});

	function tellWatched(): void {
		carrier.tell({ type: "presence", watch: lists.merged() });
	}

	function become(next: Role): void {
		const carried = isCarrying();
		role = next;
		trust.begin();
		log("tabs", next);
		if (!isCarrying()) {
			carrier.stop();
			return;
		}
		followed = null;
		if (carried) {
			beat();
			return;
		}
		term += 1;
		carrier.start(hasSession);
	}

	function join(): void {
		leave();
		isAsleep = false;
		whose = parts.person();
		// Before the lock, which may be given at once.
		role = "following";
		const granted = () => become("leading");
		if (queue.enter(whose, { heard: hear, granted, refused: goAlone })) keepAsking();
		else goAlone();
	}

	function goAlone(): void {
		leave();
		become("alone");
	}

	/** The carrier goes on, unheard, until it is known who carries next: starting anew, it remembers what hangs. */
	function leave(): void {
		role = "off";
		cancelAsking();
		queue.leave();
		followed = null;
		trust.heard();
	}

	function end(): void {
		isOn = false;
		leave();
		carrier.stop();
	}

	/** A hidden tab's timers are slowed, up to a minute: without a line, one that is looked at finds it sooner. */
	function passOn(): void {
		const isLookedAt = timing.elapsed() - lookedAt < PATIENCE * ASK_EVERY;
		if (role !== "leading" || status.isConnected || parts.isSeen() || !isLookedAt) return;
		leave();
		carrier.stop();
		join();
	}

	/** Asks now and, while somebody looks, every second; without an answer for too long it carries for itself. */
	function keepAsking(): void {
		cancelAsking();
		const asks = queue.isEntered() && (role === "standing in" || role === "following");
		if (!asks) return;
		const isSeen = parts.isSeen();
		say({ type: "ask", isSeen, term, watch: isSeen ? lists.own : [] });
		// The leader, awake again, hears that it was stood in for.
		if (role === "standing in") beat();
		else if (!parts.isSeen()) return;
		cancelAsking = timing.after(ASK_EVERY, () => {
			trust.turn();
			if (role === "following" && trust.isSilent()) become("standing in");
			keepAsking();
		});
	}

	function hear(data: unknown): void {
		const message = readTabMessage(data, whose);
		if (!message || message.from === id) return;
		switch (message.type) {
			case "ask":
				if (message.isSeen) lookedAt = timing.elapsed();
				if (role === "leading") term = Math.max(term, message.term);
				if (isCarrying()) beat();
				if (lists.note(message.from, message.watch) && isCarrying()) tellWatched();
				passOn();
				break;
			case "beat":
				if (role === "leading") beCalledOut(message);
				else if (isHeeded(message)) follow(message);
				break;
			default:
				takeWord(message, { parts, carrier, isCarrying, hasSession: () => hasSession });
		}
	}

	/** This tab was stood in for, or its term is not heard of: it says that it is there. */
	function beCalledOut(heard: Beat): void {
		if (heard.term < term) return;
		term = heard.term + 1;
		beat();
	}

	/** What an old leader said may arrive after the first word of the new one. */
	function isHeeded(heard: Beat): boolean {
		return role === "standing in" ? yieldsTo(heard) : role === "following" && heard.term >= term;
	}

	/** Of two that stand in, the one that began later goes on; the holder of the lock when it is there to stay. */
	function yieldsTo(heard: Beat): boolean {
		if (!heard.holds) return heard.term > term || (heard.term === term && heard.from < id);
		if (heard.term > term) trust.answered();
		return trust.isBack();
	}

	function follow(heard: Beat): void {
		const isNew = followed?.from !== heard.from;
		trust.heard();
		if (isCarrying() || isNew) become("following");
		followed = heard;
		term = heard.term;
		parts.status(moved(heard.status, timing.elapsed()));
		// What it told before this tab listened is known only to the server.
		if (isNew && hasSession) stream.catchUp();
	}

	function rise(): void {
		if (isOn && isAsleep) join();
	}

	return {
		start(withSession) {
			isOn = true;
			hasSession = withSession;
			parts.status(notConnected);
			join();
		},
		stop() {
			end();
			parts.status(notConnected);
		},
		sense(sign) {
			// Told in any role: whoever carries next must know how the page and the network are.
			carrier.sense(sign);
			if (sign !== "woke" && sign !== "reconnect" && sign !== "online") return;
			if (isAsleep) rise();
			else if (!isCarrying()) say({ type: "wake" });
			keepAsking();
		},
		wake() {
			this.sense("woke");
		},
		offline() {
			this.sense("offline");
		},
		ack(cursor) {
			if (isCarrying()) carrier.ack(cursor);
		},
		sleep() {
			if (!isOn) return;
			isAsleep = true;
			leave();
			carrier.stop();
			parts.status(notConnected);
		},
		rise,
		typing(conversationId) {
			if (isCarrying()) carrier.tell({ type: "typing", conversationId });
			else say({ type: "typing", conversationId });
		},
		watch(ids) {
			lists.own = ids;
			if (isCarrying()) tellWatched();
			else keepAsking();
		},
		look() {
			trust.heard();
			keepAsking();
		},
	};
}

/** The status with its moment on another clock. */
function moved(status: ConnectionStatus, by: number): ConnectionStatus {
	const { nextAttemptAt } = status;
	return nextAttemptAt === null ? status : { ...status, nextAttemptAt: nextAttemptAt + by };
}
