import type { Channel, Said } from "./channel";
import type { LeaderParts } from "./leaderParts";

/** Part of the names of lock and channel: tabs that speak differently leave each other alone. */
const VERSION = 1;

/** The tabs of one person in this browser: their channel, and the queue for the lead. */
export interface Queue {
	/** Listens and stands in line for the lead; false where the browser does not let the tabs share. */
	enter(whose: string, on: QueueListener): boolean;
	leave(): void;
	isEntered(): boolean;
	say(message: Said): void;
}

export interface QueueListener {
	heard(data: unknown): void;
	/** This tab has the lock. */
	granted(): void;
	/** The browser takes its word back: the tabs cannot share. */
	refused(): void;
}

export function createQueue({ id, locks, open }: LeaderParts): Queue {
	let whose = "";
	let channel: Channel | null = null;
	let letGo = () => {};
	/** Rises with every entering and leaving, so that a lock that comes late is recognised. */
	let turn = 0;

	function leave(): void {
		turn += 1;
		letGo();
		letGo = () => {};
		channel?.close();
		channel = null;
	}

	return {
		enter(person, on) {
			leave();
			whose = person;
			const mine = turn;
			const name = `tenang.line.${VERSION}.${whose}`;
			if (!locks || !open) return false;
			const inTime = (act: () => void) => () => {
				if (mine === turn) act();
			};
			try {
				channel = open(name, on.heard);
				letGo = locks.hold(name, { granted: inTime(on.granted), refused: inTime(on.refused) });
				return true;
			} catch {
				leave();
				return false;
			}
		},
		leave,
		isEntered: () => channel !== null,
		say(message) {
			try {
				channel?.say({ ...message, from: id, whose });
			} catch {
				// Then nobody hears this tab, and each helps itself: the others after their patience.
			}
		},
	};
}
