import type { Api } from "./api";

/** What waits to be sent in a conversation: a text, or a payment card for a booking. */
interface Outgoing {
	conversationId: string;
	clientId: string;
	text: string;
	card?: { bookingId: string } | undefined;
}

/** Sends it under its own id, so that any number of times is once. */
export function sendOutgoing(api: Api, { conversationId, clientId, text, card }: Outgoing) {
	return card
		? api.sendCard(conversationId, clientId, card.bookingId)
		: api.sendMessage(conversationId, clientId, text);
}
