import { useEffect, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { clearForm, drafts } from "../../state/bookingForm";
import { bookings } from "../../state/bookings";
import { conversation } from "../../state/conversations";
import { eachNewMessage } from "../../state/messages";
import { type ChatWindow, closeWindow } from "../../state/windows";
import { Chat } from "../chat/Chat";
import { BookingSummary } from "./BookingSummary";
import { carryFrom } from "./prepare";
import { bookAgain } from "./start";

/** The booking on top, its chat below. Entered only with a valid booking. */
export function ChatStep({ window }: { window: ChatWindow }) {
	const { id, therapistId, conversationId, bookingId } = window;
	const { route } = useLocation();
	const room = useMemo(() => conversation(conversationId ?? ""), [conversationId]).value;
	// Said and read out of the network's reach a moment later too: the lists are written only once all is quiet.
	useEffect(
		() => eachNewMessage(conversationId ?? "", (message) => void drafts.addMessage(message)),
		[conversationId],
	);
	const booking = bookings.value.get(bookingId ?? "");
	if (!room || !booking) return null;
	const dismiss = () => {
		clearForm(therapistId);
		closeWindow(id);
	};
	const other = () => {
		carryFrom(therapistId);
		closeWindow(id);
		route("/");
	};
	return (
		<>
			<BookingSummary
				key={booking.bookingId}
				booking={booking}
				viewer={room.ownRole}
				isUnlocked={room.isUnlocked}
				onChangeTime={() => bookAgain(therapistId)}
				onOther={other}
				onDismiss={dismiss}
			/>
			<Chat key={room.id} room={room} onBookAgain={() => bookAgain(therapistId)} />
		</>
	);
}
