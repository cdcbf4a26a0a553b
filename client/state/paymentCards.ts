/** Sending a payment card: for which booking of a conversation it may be, and its way out with the messages. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { BankAccount, Booking } from "../net/types";
import { bookings } from "./bookings";
import { now } from "./clock";
import type { ConversationView } from "./conversations";
import { enqueue } from "./outbox";

/**
 * The booking that a card would be for now: the newest accepted one that is not long over. The server decides; this
 * is for not offering what it would refuse.
 */
export function payable(room: ConversationView): ReadonlySignal<Booking | null> {
	return computed(() => {
		if (room.ownRole !== "therapist" || !room.canWrite) return null;
		const accepted = [...bookings.value.values()].filter(
			(booking) => booking.conversationId === room.id && isAccepted(booking, room),
		);
		return accepted.sort(newestFirst)[0] ?? null;
	});
}

function isAccepted({ bookingId, status, expiresAt, endTime }: Booking, room: ConversationView) {
	if (status === "therapist_accepted") return Date.parse(expiresAt ?? "") > now.value;
	// A confirmed booking stays so for ever; one that is over counts while the room is about it.
	return (
		status === "user_confirmed" && (Date.parse(endTime) > now.value || bookingId === room.bookingId)
	);
}

const newestFirst = (one: Booking, other: Booking) =>
	Date.parse(other.createdAt) - Date.parse(one.createdAt);

/** Sends a card of the account: it is in the thread at once, and goes out when it can. Its key. */
export function sendCard(conversationId: string, bookingId: string, account: BankAccount): string {
	const { bank, holder, masked } = account;
	return enqueue(conversationId, { text: "", card: { bookingId, bank, holder, masked } });
}
