import { useCallback, useRef } from "preact/hooks";
import type { ConversationView } from "../../state/conversations";
import { setTypedText, typedText } from "../../state/messages";
import { SendCard } from "../payment/SendCard";
import { AsOf } from "../status/AsOf";
import "./chat.css";
import { Closed } from "./Closed";
import { Composer } from "./Composer";
import { Thread } from "./Thread";

interface ChatProps {
	room: ConversationView;
	onBookAgain: () => void;
}

/** A conversation: its messages, and where the next one is written or why none can be. */
export function Chat({ room, onBookAgain }: ChatProps) {
	const field = useRef<HTMLTextAreaElement>(null);
	const { id, ownRole } = room;
	const otherName = ownRole === "customer" ? room.therapistName : room.customerName;
	const editAgain = useCallback(
		(text: string) => {
			const begun = typedText(id).trim();
			setTypedText(id, begun ? `${text}\n${begun}` : text);
			field.current?.focus();
		},
		[id],
	);
	return (
		<div class="chat">
			<AsOf />
			<Thread room={room} otherName={otherName} onEdit={room.canWrite ? editAgain : null} />
			{ownRole === "therapist" && <SendCard room={room} otherName={otherName} />}
			{room.canWrite ? (
				<Composer conversationId={id} otherName={otherName} field={field} />
			) : (
				<Closed room={room} otherName={otherName} onBookAgain={onBookAgain} />
			)}
		</div>
	);
}
