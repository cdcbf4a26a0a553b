import type { Booking, Conversation, Mark, Message, Notification } from "../net/types";

/** What the server told this device about one person. Never changed in place. */
export interface Facts {
	bookings: ReadonlyMap<string, Booking>;
	conversations: ReadonlyMap<string, Conversation>;
	/** The highest marks of each conversation, kept apart because they rise without a new version of it. */
	marks: ReadonlyMap<string, readonly Mark[]>;
	/** Of each conversation, ascending by `seq`, no `seq` twice; there may be holes until older pages are loaded. */
	messages: ReadonlyMap<string, readonly Message[]>;
	/** The number of each conversation's newest message when it became known: what follows comes by the stream. */
	heads: ReadonlyMap<string, number>;
	/** The conversations whose newest page is here. */
	opened: ReadonlySet<string>;
	notifications: ReadonlyMap<string, Notification>;
	/** Newest draft version the server has, by therapist. */
	drafts: ReadonlyMap<string, number>;
}

export const noFacts: Facts = {
	bookings: new Map(),
	conversations: new Map(),
	marks: new Map(),
	messages: new Map(),
	heads: new Map(),
	opened: new Set(),
	notifications: new Map(),
	drafts: new Map(),
};

/** Where a booking is filed whose own id is missing, so that its window can say that it is broken. */
export const NAMELESS = "";

/** `map` with `key` set, as a new map. */
export function withEntry<Value>(
	map: ReadonlyMap<string, Value>,
	key: string,
	value: Value,
): ReadonlyMap<string, Value> {
	return map.get(key) === value ? map : new Map(map).set(key, value);
}
