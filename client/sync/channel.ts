import { type EphemeralFrame, MOST_WATCHED, type StatusFrame } from "../net/frames";
import type { EventBatch } from "../net/types";
import type { ConnectionStatus } from "./connectionStatus";

/** What the tabs of one person say to each other. */
export type TabMessage = (
	| { type: "ask"; isSeen: boolean; term: number; watch: readonly string[] }
	/** Each tab has a clock of its own: `nextAttemptAt` is in milliseconds from the moment in which it is said. */
	| { type: "beat"; holds: boolean; term: number; status: ConnectionStatus }
	| { type: "batch"; batch: EventBatch }
	| { type: "head"; head: number }
	| { type: "status"; frame: StatusFrame }
	| { type: "frame"; frame: EphemeralFrame }
	| { type: "typing"; conversationId: string }
	| { type: "wake" }
	| { type: "outdated" }
) & {
	/** The tab that says it. */
	from: string;
	/** The person it is said for. */
	whose: string;
};

/** What a tab says of itself that carries the events. `term` rises with every tab that begins to. */
export type Beat = Extract<TabMessage, { type: "beat" }>;

/** A message without its sender. */
export type Said = TabMessage extends infer One
	? One extends TabMessage
		? Omit<One, "from" | "whose">
		: never
	: never;

/** A way to all other tabs. Closing it twice does no harm. */
export interface Channel {
	/** Throws where the browser does not take it. */
	say(message: TabMessage): void;
	close(): void;
}

/** Opens the channel of that name; throws where the browser has none. */
export type OpenChannel = (name: string, hear: (data: unknown) => void) => Channel;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string";
const isCount = (value: unknown): value is number => Number.isSafeInteger(value);
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isNumberOrNull = (value: unknown) => value === null || Number.isFinite(value);

const SHAPES: Record<TabMessage["type"], (said: Fields) => boolean> = {
	ask: ({ isSeen, term, watch }) => isFlag(isSeen) && isCount(term) && isWatchList(watch),
	beat: ({ holds, term, status }) => isFlag(holds) && isCount(term) && isStatus(status),
	batch: ({ batch }) => isBatch(batch),
	head: ({ head }) => isCount(head),
	status: ({ frame }) => isFields(frame) && isText(frame.therapistId) && isText(frame.status),
	frame: ({ frame }) => isEphemeral(frame),
	typing: ({ conversationId }) => isText(conversationId),
	wake: () => true,
	outdated: () => true,
};

/**
 * The message, or null for what is none of the tabs of `whose`: another version of the page may speak differently,
 * and whatever runs under this address may use the same name.
 */
export function readTabMessage(data: unknown, whose: string): TabMessage | null {
	if (!isFields(data) || !isText(data.type) || !isText(data.from)) return null;
	if (data.whose !== whose || !Object.hasOwn(SHAPES, data.type)) return null;
	const isWhole = SHAPES[data.type as TabMessage["type"]](data);
	return isWhole ? (data as TabMessage) : null;
}

function isStatus(value: unknown): boolean {
	return (
		isFields(value) &&
		isFlag(value.isConnected) &&
		["excellent", "good", "poor", "disconnected"].includes(String(value.quality)) &&
		["websocket", "polling", "none"].includes(String(value.connectionType)) &&
		isCount(value.reconnectAttempts) &&
		["HEALTHY", "DEGRADED", "OFFLINE"].includes(String(value.health)) &&
		(value.reason === null || isText(value.reason)) &&
		isNumberOrNull(value.latency) &&
		isNumberOrNull(value.nextAttemptAt)
	);
}

function isWatchList(value: unknown): boolean {
	return Array.isArray(value) && value.length <= MOST_WATCHED && value.every(isText);
}

function isEphemeral(value: unknown): boolean {
	if (!isFields(value) || !isText(value.conversationId)) return false;
	if (value.type === "typing") return value.role === "customer" || value.role === "therapist";
	return (
		value.type === "presence" &&
		(value.isOnline === null || isFlag(value.isOnline)) &&
		(value.lastSeenAt === null || isText(value.lastSeenAt))
	);
}

function isBatch(value: unknown): boolean {
	return (
		isFields(value) &&
		isText(value.cursor) &&
		isFlag(value.reset) &&
		Array.isArray(value.events) &&
		value.events.every((event) => isFields(event) && isCount(event.seq) && isText(event.type))
	);
}
