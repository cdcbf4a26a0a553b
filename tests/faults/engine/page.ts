/** The shipped engine without its screens, as a page of the harness loads it. */
import { effect } from "@preact/signals";
import { connection } from "../../../client/state/connection";
import {
	type ChatMessage,
	loadMessages,
	loadOlder,
	send,
	thread,
} from "../../../client/state/messages";
import { outbox } from "../../../client/state/outbox";
import { session, user } from "../../../client/state/session";
import { startApp } from "../../../client/state/start";

/** What the harness may do on a page, and see. */
export interface Page {
	start(): void;
	/** Whether it is known whose device this is, which is when a screen can be tapped on. */
	isReady(): boolean;
	/** How many messages wait on the device. */
	unsent(): number;
	/** Sends as a tap on Send does; the key the message has from now on. */
	send(room: string, text: string): string | null;
	/** Opens the chat, and tells what it shows now and after every change. */
	watch(room: string, shows: (lines: readonly Line[]) => void): void;
	status(): string;
}

/** One line of a chat as it is shown. */
export type Line = Pick<ChatMessage, "key" | "seq" | "own" | "text">;

declare global {
	// The harness reads it from the page's global object.
	var page: Page;
}

globalThis.page = {
	start: startApp,
	isReady: () => user.peek() !== null,
	unsent: () => outbox.peek().length,
	send,
	watch(room, shows) {
		// As a chat window does, which opens once it is known whose it is.
		const stop = effect(() => {
			if (session.value.status !== "signed-in") return;
			queueMicrotask(() => stop());
			void loadMessages(room);
		});
		effect(() => {
			const { status, messages, hasOlder, isLoadingOlder } = thread(room).value;
			if (status === "ready") shows(messages);
			// A reader who scrolls up to the very first message.
			if (status === "ready" && hasOlder && !isLoadingOlder) void loadOlder(room);
		});
	},
	status: () => JSON.stringify(connection.peek()),
};
