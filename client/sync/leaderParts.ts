import type { EphemeralFrame, StatusFrame } from "../net/frames";
import type { Log, Timing } from "../net/timing";
import type { Carrier } from "./carrier";
import type { OpenChannel } from "./channel";
import type { ConnectionStatus } from "./connectionStatus";
import type { FollowingStream, Stream } from "./stream";

/** A lock that one tab of the browser holds at a time, the others in the order in which they came. */
export interface Locks {
	/** What is returned gives it back, or up. May throw; calls nothing after that. */
	hold(name: string, on: { granted(): void; refused(): void }): () => void;
}

/** What the carrier is made with: whatever it brings is told to the other tabs too. */
export interface Line {
	stream: Stream;
	status(status: ConnectionStatus): void;
	therapistStatus(frame: StatusFrame): void;
	ephemeral(frame: EphemeralFrame): void;
	signedOut(): void;
	outdated(): void;
}

export interface LeaderParts extends Omit<Line, "stream"> {
	/** This tab's, unlike that of any other. */
	id: string;
	/** Whose tabs share a line, at the moment of `start`. */
	person(): string;
	/** Whether this tab is on the screen. */
	isSeen(): boolean;
	timing: Timing;
	log: Log;
	stream: FollowingStream;
	/** Null where the browser has none: then each tab carries for itself. */
	locks: Locks | null;
	open: OpenChannel | null;
}

/** The carrier of a tab, shared with the other tabs of the same person in this browser. */
export interface Leader extends Omit<Carrier, "tell"> {
	/** The person writes in a conversation. */
	typing(conversationId: string): void;
	/** From now on this tab wants to know of these who is there; it is told while it is on the screen. */
	watch(conversationIds: readonly string[]): void;
	/** The page is put away: another tab may lead. */
	sleep(): void;
	/** The page is back. */
	rise(): void;
	/** The tab has come on the screen, or left it. */
	look(): void;
}
