/** What the tabs of one browser and its service worker tell each other about what waits to be sent. */
import type { Message } from "../net/types";
import type { Owner } from "./owner";

const NAME = "tenang.outbox";

export type News =
	/** There is something new in the database, or something there has changed. */
	| { type: "written"; owner: Owner; conversationId: string }
	/** A message left: it was sent, or the person removed it. */
	| { type: "removed"; owner: Owner; clientId: string; sent: Message | null }
	/** The worker sent an order, or was refused. */
	| { type: "order"; owner: Owner; therapistId: string };

export interface NewsChannel {
	tell(news: News): void;
}

/** Hears what others tell, and tells them; where the browser has no channel, nobody hears. */
export function openNews(hear: (news: News) => void): NewsChannel {
	try {
		const channel = new BroadcastChannel(NAME);
		// All of them run the same version of this file, or one that writes the same.
		channel.onmessage = ({ data }: MessageEvent<News>) => hear(data);
		return { tell: (news) => channel.postMessage(news) };
	} catch {
		return { tell() {} };
	}
}

/** The lock under which one conversation's messages are sent, by one tab or the worker at a time. */
export const messageLock = (owner: Owner, conversationId: string) =>
	`tenang.outbox.${owner}.${conversationId}`;

/** The lock under which the orders to one therapist are sent. */
export const orderLock = (therapistId: string) => `tenang.book.${therapistId}`;

/** The tag by which the browser wakes the worker when there is a network again. */
export const SYNC_TAG = "tenang.outbox";
