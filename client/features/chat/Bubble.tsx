import { type TextKey, t } from "../../i18n";
import { type Appealed, appealOf } from "../../state/appeals";
import { cleaned } from "../../state/freeText";
import { type ChatMessage, type DeliveryState, discard, retry } from "../../state/messages";
import { Button } from "../../ui/Button";
import { MessageBubble, MessageNote } from "../../ui/MessageBubble";
import { AppealLine } from "../contact/AppealLine";
import { refusalText } from "../contact/contactWords";
import { MarkedText } from "../contact/markedText";
import { CardFace } from "../payment/CardFace";
import { problemText } from "../status/problemText";
import { clockTime } from "../words";

const STATES: Record<DeliveryState, TextKey> = {
	sending: "chat.sending",
	waiting: "chat.waits",
	failed: "chat.failed",
	sent: "chat.sent",
	delivered: "chat.delivered",
	read: "chat.read",
};

interface BubbleProps {
	message: ChatMessage;
	/** The last of what was written in one go: the time and the state stand under it. */
	closes: boolean;
	/** Null where nothing can be written: the text stays where it is. */
	onEdit: ((text: string) => void) | null;
}

/** One message; an own one with where it has got to, a refused one with what can be done. */
export function Bubble({ message, closes, onEdit }: BubbleProps) {
	const { own, sender, text, at, kind, card, state, isKept, problem } = message;
	if (kind === "system" || kind === "booking") return <MessageNote>{text}</MessageNote>;
	const shows = closes || !isKept || state === "failed";
	const label = isKept || state === "failed" ? state && STATES[state] : "chat.unkept";
	return (
		<MessageBubble
			own={own}
			sender={own ? t("chat.you") : sender}
			time={shows ? clockTime(at) : undefined}
			state={shows ? (state ?? undefined) : undefined}
			stateLabel={shows && label ? t(label) : undefined}
			actions={state === "failed" && <Refused message={message} onEdit={card ? null : onEdit} />}
			isCard={card !== null}
		>
			{card ? (
				<CardFace card={card} own={own} />
			) : (
				<MarkedText text={problem ? cleaned(text) : text} spans={problem?.spans ?? []} />
			)}
		</MessageBubble>
	);
}

function Refused({ message, onEdit }: Pick<BubbleProps, "message" | "onEdit">) {
	const { key, text, conversationId, problem } = message;
	const isBlocked = problem?.code === "contact_blocked";
	const appealed: Appealed = { kind: "message", text, conversationId };
	const isAllowed = appealOf(appealed)?.status === "allowed";
	return (
		<>
			{problem && (
				<p class="message-why" role="alert">
					{isBlocked ? refusalText(problem.reason, "chat") : problemText(problem)}
				</p>
			)}
			{isBlocked && <AppealLine appealed={appealed} />}
			{onEdit && (
				<Button
					look="plain"
					icon="edit"
					onClick={() => {
						onEdit(text);
						discard(key);
					}}
				>
					{t("chat.edit")}
				</Button>
			)}
			{(!isBlocked || isAllowed) && (
				<Button look="plain" icon={isAllowed ? "send" : "refresh"} onClick={() => retry(key)}>
					{t(isAllowed ? "chat.send" : "chat.retry")}
				</Button>
			)}
			<Button look="plain" icon="trash" onClick={() => discard(key)}>
				{t("chat.delete")}
			</Button>
		</>
	);
}
