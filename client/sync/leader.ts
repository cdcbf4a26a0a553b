import type { Carrier } from "./carrier";
import { type Beat, type Channel, readTabMessage, type Said } from "./channel";
import { type ConnectionStatus, notConnected } from "./connectionStatus";
import { sharedLine } from "./leaderLine";
import type { Leader, LeaderParts, Line } from "./leaderParts";
import { createWatchLists } from "./leaderWatch";

/** Part of the names of lock and channel: tabs that speak differently leave each other alone. */
const VERSION = 1;
/** How often a tab that is seen asks whether its leader is there. A timer of the leader would be slowed when hidden. */
const ASK_EVERY = 1_000;
/** Asks in a row without an answer: with the time since the last answer, at most 5 s. */
const PATIENCE = 4;
/** So many asks in a row a leader that was silent must have answered before it is relied on: it may freeze again. */
const ANSWERS_TO_TRUST = 2;

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
	let channel: Channel | null = null;
	let letGo = () => {};
	let cancelAsking = () => {};
	/** Rises with every joining, so that a lock that comes late is recognised. */
	let joins = 0;
	/** The highest heard of; a carrying tab's own. */
	let term = 0;
	let status = notConnected;
	let followed: Beat | null = null;
	let unanswered = 0;
	/** While standing in: the asks in a row that the leader answered, and whether it did the last one. */
	let answers = 0;
	let isAnswered = false;
	let lookedAt = Number.NEGATIVE_INFINITY;
	const lists = createWatchLists(timing.elapsed);

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

	function say(message: Said): void {
		try {
			channel?.say({ ...message, from: id, whose });
		} catch {
			// Then nobody hears this tab, and each helps itself: the others after their patience.
		}
	}

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
		answers = 0;
		isAnswered = false;
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
		if (isShared(joins)) keepAsking();
		else become("alone");
	}

	/** Enters the queue for the lead; false where the browser does not let the tabs share. */
	function isShared(mine: number): boolean {
		const name = `tenang.line.${VERSION}.${whose}`;
		if (!parts.locks || !parts.open) return false;
		try {
			channel = parts.open(name, hear);
			role = "following";
			letGo = parts.locks.hold(name, {
				granted() {
					if (mine === joins) become("leading");
				},
				refused() {
					if (mine === joins) goAlone();
				},
			});
			return true;
		} catch {
			leave();
			return false;
		}
	}

	function goAlone(): void {
		leave();
		become("alone");
	}

	/** The carrier goes on, unheard, until it is known who carries next: starting anew, it remembers what hangs. */
	function leave(): void {
		joins += 1;
		role = "off";
		cancelAsking();
		letGo();
		letGo = () => {};
		channel?.close();
		channel = null;
		followed = null;
		unanswered = 0;
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
		const asks = channel && (role === "standing in" || role === "following");
		if (!asks) return;
		const isSeen = parts.isSeen();
		say({ type: "ask", isSeen, term, watch: isSeen ? lists.own : [] });
		// The leader, awake again, hears that it was stood in for.
		if (role === "standing in") beat();
		else if (!parts.isSeen()) return;
		cancelAsking = timing.after(ASK_EVERY, () => {
			unanswered += 1;
			answers = isAnswered ? answers + 1 : 0;
			isAnswered = false;
			if (role === "following" && unanswered >= PATIENCE) become("standing in");
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
			case "batch":
				if (hasSession) stream.overhear(message.batch);
				break;
			case "head":
				if (hasSession && !isCarrying()) stream.noticeHead(message.head);
				break;
			case "status":
				parts.therapistStatus(message.frame);
				break;
			case "frame":
				if (!isCarrying()) parts.ephemeral(message.frame);
				break;
			case "typing":
				if (isCarrying()) carrier.tell({ type: "typing", conversationId: message.conversationId });
				break;
			case "wake":
				if (isCarrying()) carrier.wake();
				break;
			case "outdated":
				parts.outdated();
				break;
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
		if (heard.term > term) isAnswered = true;
		return isAnswered && answers >= ANSWERS_TO_TRUST;
	}

	function follow(heard: Beat): void {
		const isNew = followed?.from !== heard.from;
		unanswered = 0;
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
			unanswered = 0;
			keepAsking();
		},
	};
}

/** The status with its moment on another clock. */
function moved(status: ConnectionStatus, by: number): ConnectionStatus {
	const { nextAttemptAt } = status;
	return nextAttemptAt === null ? status : { ...status, nextAttemptAt: nextAttemptAt + by };
}
