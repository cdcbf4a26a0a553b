import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { beginThread } from "../../state/messages";
import { session, user } from "../../state/session";
import { openChat, windows } from "../../state/windows";
import { useMediaQuery } from "../../ui/useMediaQuery";
import { SignInFirst } from "./ElsewherePlace";
import { HOMES } from "./home";
import { BookingsPage, DeskPage } from "./pages";
import { whenUnmarked } from "./useWindowHistory";
import { FLOATING } from "./Windows";

/** The address of one chat, e.g. from a notice: opens its window over the person's own page. */
export function ChatRoute({ conversationId }: { conversationId: string }) {
	const { route } = useLocation();
	const person = user.value;
	const window = windows.value.find((open) => open.conversationId === conversationId);
	const floats = useMediaQuery(FLOATING);
	/** A window that floats stands at the edge of this very page when it is put away. */
	const isOpen = window !== undefined && (floats || !window.isMinimised);
	/** The chat of this address that was on the screen. */
	const wasOpen = useRef<string | null>(null);
	const personId = person?.id;
	const home = HOMES[person?.role ?? "customer"].href;
	useEffect(() => {
		if (!personId) return;
		openChat(conversationId);
		beginThread(conversationId);
	}, [personId, conversationId]);
	useEffect(() => {
		// Closing the window or putting it away leaves its address too, or a reload would open it again.
		if (wasOpen.current === conversationId && !isOpen) whenUnmarked(() => route(home, true));
		wasOpen.current = isOpen ? conversationId : null;
	}, [conversationId, isOpen, home, route]);
	if (!person && session.value.status === "signed-out") {
		return <SignInFirst icon="lock" title="chat.missing" text="chat.missingText" />;
	}
	return person?.role === "therapist" ? <DeskPage /> : <BookingsPage />;
}
