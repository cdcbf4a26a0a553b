import type { Carrier } from "./carrier";
import { type ConnectionStatus, notConnected } from "./connectionStatus";
import { sharedLine } from "./leaderLine";
import type { Leader, LeaderParts, Line } from "./leaderParts";
import { createQueue } from "./leaderQueue";
import { isCarrying, newSeat, type Role } from "./leaderSeat";
import { ASK_EVERY, createTalk } from "./leaderTalk";
import { createTrust, PATIENCE } from "./leaderTrust";
import { createWatchLists } from "./leaderWatch";

/**
 * One tab has the carrier, the one with the lock; the others hear from it. Every tab keeps a stream and a cursor of
 * its own, so whichever leads next goes on where it stands itself.
 */
export function createLeader(parts: LeaderParts, make: (line: Line) => Carrier): Leader {
	const { timing } = parts;
	const seat = newSeat();
	let isOn = false;
	let isAsleep = false;
	let hasSession = false;
	let whose = "";
	const lists = createWatchLists(timing.elapsed);
	const queue = createQueue(parts);
	const trust = createTrust();
	const { say } = queue;
	const carries = () => isCarrying(seat);

	const carrier = make(
		sharedLine({ line: parts, isCarrying: carries, say, status: show, ended: end }),
	);
	const talk = createTalk({
		...{ parts, seat, queue, lists, trust, carrier, become, passOn },
		whose: () => whose,
		hasSession: () => hasSession,
	});

	/** How the own carrier is connected now. */
	function show(next: ConnectionStatus): void {
		const isNewSocket =
			next.connectionType === "websocket" && seat.status.connectionType !== "websocket";
		seat.status = next;
		if (!carries()) return;
		parts.status(next);
		talk.beat();
		if (isNewSocket && lists.merged().length > 0) tellWatched();
		if (!next.isConnected) timing.after(0, passOn);
	}

	function tellWatched(): void {
		carrier.tell({ type: "presence", watch: lists.merged() });
	}

	function become(next: Role): void {
		const carried = carries();
		seat.role = next;
		trust.begin();
		parts.log("tabs", next);
		if (!carries()) {
			carrier.stop();
			return;
		}
		seat.followed = null;
		if (carried) {
			talk.beat();
			return;
		}
		seat.term += 1;
		carrier.start(hasSession);
	}

	function join(): void {
		leave();
		isAsleep = false;
		whose = parts.person();
		// Before the lock, which may be given at once.
		seat.role = "following";
		const granted = () => become("leading");
		if (queue.enter(whose, { heard: talk.hear, granted, refused: goAlone })) talk.ask();
		else goAlone();
	}

	function goAlone(): void {
		leave();
		become("alone");
	}

	/** The carrier goes on, unheard, until it is known who carries next: starting anew, it remembers what hangs. */
	function leave(): void {
		seat.role = "off";
		talk.hush();
		queue.leave();
		seat.followed = null;
		trust.heard();
	}

	function end(): void {
		isOn = false;
		leave();
		carrier.stop();
	}

	/** A hidden tab's timers are slowed, up to a minute: without a line, one that is looked at finds it sooner. */
	function passOn(): void {
		const isLookedAt = timing.elapsed() - seat.lookedAt < PATIENCE * ASK_EVERY;
		if (seat.role !== "leading" || seat.status.isConnected || parts.isSeen() || !isLookedAt) return;
		leave();
		carrier.stop();
		join();
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
			else if (!carries()) say({ type: "wake" });
			talk.ask();
		},
		wake() {
			this.sense("woke");
		},
		offline() {
			this.sense("offline");
		},
		ack(cursor) {
			if (carries()) carrier.ack(cursor);
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
			if (carries()) carrier.tell({ type: "typing", conversationId });
			else say({ type: "typing", conversationId });
		},
		watch(ids) {
			lists.own = ids;
			if (carries()) tellWatched();
			else talk.ask();
		},
		look() {
			trust.heard();
			talk.ask();
		},
	};
}
