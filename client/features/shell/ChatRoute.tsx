import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { t } from "../../i18n";
import { session, user } from "../../state/session";
import { openChat, windows } from "../../state/windows";
import { LinkButton } from "../../ui/Button";
import { EmptyState } from "../../ui/Place";
import { BookingsPage, DeskPage } from "./pages";

/** The address of one chat, e.g. from a notice: opens its window over the person's own page. */
export function ChatRoute({ conversationId }: { conversationId: string }) {
	const { route } = useLocation();
	const person = user.value;
	const window = windows.value.find((open) => open.conversationId === conversationId);
	const wasOpen = useRef(false);
	const personId = person?.id;
	const home = person?.role === "therapist" ? "/therapist" : "/bookings";
	useEffect(() => {
		if (personId) openChat(conversationId);
	}, [personId, conversationId]);
	useEffect(() => {
		// Closing the window leaves its address too, or a reload would open it again.
		if (wasOpen.current && !window) route(home, true);
		wasOpen.current = window !== undefined;
	}, [window, home, route]);
	if (!person && session.value.status === "signed-out") return <SignInFirst />;
	return person?.role === "therapist" ? <DeskPage /> : <BookingsPage />;
}

function SignInFirst() {
	const action = (
		<LinkButton look="primary" icon="signIn" href="/sign-in">
			{t("nav.signIn")}
		</LinkButton>
	);
	return (
		<EmptyState icon="lock" level={1} title={t("chat.missing")} actions={action}>
			<p>{t("chat.missingText")}</p>
		</EmptyState>
	);
}
