import "./message.css";
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

export type MessageState = "sending" | "waiting" | "sent" | "delivered" | "read" | "failed";

const SIGNS: Record<MessageState, IconName> = {
	sending: "clock",
	waiting: "saved",
	sent: "check",
	delivered: "checks",
	read: "checks",
	failed: "alert",
};

interface MessageBubbleProps {
	own: boolean;
	/** Read before the text by screen readers. */
	sender: string;
	time?: string | undefined;
	state?: MessageState | undefined;
	/** The state in words: always read, and shown while it matters. */
	stateLabel?: string | undefined;
	/** What one can do about a failed message. */
	actions?: ComponentChildren | undefined;
	/** A thing of its own in place of a text. */
	isCard?: boolean | undefined;
	/** What was written. */
	children: ComponentChildren;
}

/** What one person wrote, with where it has got to. */
export function MessageBubble({
	own,
	sender,
	time,
	state,
	stateLabel,
	actions,
	isCard,
	children,
}: MessageBubbleProps) {
	const isJoined = !time && !state && !actions;
	const classes = [
		"message",
		own && "message-own",
		isJoined && "message-joined",
		state && `message-${state}`,
	]
		.filter(Boolean)
		.join(" ");
	return (
		<div class={classes}>
			{isCard ? (
				<div class="bubble">
					<span class="visually-hidden">{sender}: </span>
					{children}
				</div>
			) : (
				<p class="bubble">
					<span class="visually-hidden">{sender}: </span>
					{/* Beside the sender, who is not part of the text and would decide its direction. */}
					<span class="bubble-text" dir="auto">
						{children}
					</span>
				</p>
			)}
			{!isJoined && (
				<span class="message-foot">
					{time && <span>{time}</span>}
					{state && <Icon name={SIGNS[state]} size={15} />}
					{stateLabel && <span>{stateLabel}</span>}
				</span>
			)}
			{actions && <div class="message-actions">{actions}</div>}
		</div>
	);
}

/** A line between messages that nobody wrote: a booking's step, or a day. */
export function MessageNote({ children }: { children: ComponentChildren }) {
	return <p class="message-note">{children}</p>;
}
