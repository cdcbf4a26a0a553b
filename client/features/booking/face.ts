import { useMemo } from "preact/hooks";
import { conversation } from "../../state/conversations";
import { orderedProvider } from "../../state/submit";
import type { Therapist } from "../../state/types";
import { type ChatWindow, openBookingWindow, openChat } from "../../state/windows";

interface Face {
	/** Null while it is not known. */
	name: string | null;
	photoUrl: string | null;
}

/** Whom a window is about: the therapist to a customer, the customer to a therapist. */
export function useFace(
	{ conversationId, therapistId }: ChatWindow,
	therapist: Therapist | undefined,
): Face {
	const room = useMemo(
		() => (conversationId ? conversation(conversationId) : null),
		[conversationId],
	)?.value;
	if (room?.ownRole === "therapist") return { name: room.customerName, photoUrl: null };
	const known = therapist ?? orderedProvider(therapistId);
	const name = known?.displayName ?? room?.therapistName ?? null;
	return { name, photoUrl: therapist?.photoUrl ?? null };
}

/** Opens a window again that was put away, before those that are open. */
export function bringForward({ conversationId, therapistId }: ChatWindow): void {
	if (conversationId) openChat(conversationId);
	else openBookingWindow(therapistId);
}
