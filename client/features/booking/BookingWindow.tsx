import { useEffect, useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { bookings } from "../../state/bookings";
import { conversation } from "../../state/conversations";
import { loadTherapist, therapistById } from "../../state/directory";
import { user } from "../../state/session";
import { orderedProvider } from "../../state/submit";
import type { Therapist } from "../../state/types";
import {
	type ChatWindow,
	closeWindow,
	minimiseWindow,
	openBookingWindow,
	openChat,
} from "../../state/windows";
import { Avatar } from "../../ui/Avatar";
import { Window } from "../../ui/Window";
import { Whereabouts } from "../chat/Whereabouts";
import { ConnectionBanner } from "../status/ConnectionBanner";
import { ConnectionIndicator } from "../status/ConnectionIndicator";
import { bookingWords } from "./bookingWords";
import { WindowSteps } from "./WindowSteps";
import "./booking.css";

interface BookingWindowProps {
	window: ChatWindow;
	/** Covers the whole screen, as on a phone. */
	modal: boolean;
}

/** The chat booking window: from the form to the chat, and its chrome. */
export function BookingWindow({ window, modal }: BookingWindowProps) {
	const { id, therapistId, step, isMinimised } = window;
	const provider = useMemo(() => therapistById(therapistId), [therapistId]).value;
	useEffect(() => void loadTherapist(therapistId), [therapistId]);
	const { title, photoUrl } = useFace(window, provider.value);
	const inChat = step === "chat";
	return (
		<Window
			title={title}
			sub={<Subtitle window={window} provider={provider.value} />}
			lead={<Avatar name={title} photoUrl={photoUrl} size={36} shape="round" />}
			side={inChat && !isMinimised && <ConnectionIndicator />}
			modal={modal}
			closeLabel={t("window.close")}
			onClose={() => closeWindow(id)}
			minimise={
				modal
					? undefined
					: {
							label: t(isMinimised ? "window.restore" : "window.minimise"),
							small: isMinimised,
							run: () => (isMinimised ? bringForward(window) : minimiseWindow(id, true)),
						}
			}
		>
			<ConnectionBanner compact />
			<WindowSteps window={window} provider={provider} />
		</Window>
	);
}

/** Opens a bar again, before the windows that are open. */
function bringForward({ conversationId, therapistId }: ChatWindow): void {
	if (conversationId) openChat(conversationId);
	else openBookingWindow(therapistId);
}

/** Whom the window is about: the therapist to a customer, the customer to a therapist. */
function useFace({ conversationId, therapistId }: ChatWindow, therapist: Therapist | undefined) {
	const room = useMemo(
		() => (conversationId ? conversation(conversationId) : null),
		[conversationId],
	)?.value;
	if (room?.ownRole === "therapist") return { title: room.customerName, photoUrl: null };
	const known = therapist ?? orderedProvider(therapistId);
	const title = known?.displayName ?? room?.therapistName ?? t("chat.conversations");
	return { title, photoUrl: therapist?.photoUrl ?? null };
}

function Subtitle({ window, provider }: { window: ChatWindow; provider: Therapist | undefined }) {
	const booking = bookings.value.get(window.bookingId ?? "");
	const { conversationId } = window;
	const room = useMemo(() => conversation(conversationId ?? ""), [conversationId]).value;
	// Of a chat that is not there, nothing more is known than the window says.
	if (window.closedBecause?.why === "refused") return null;
	if (window.step !== "chat" || !booking || !room) return <>{t(SUBTITLES[window.step])}</>;
	const isTherapist = user.value?.role === "therapist";
	if (window.isMinimised) {
		return <>{bookingWords(booking, isTherapist ? "therapist" : "customer").title}</>;
	}
	const { ownRole, customerName, therapistName } = room;
	const otherName = ownRole === "customer" ? therapistName : customerName;
	return (
		<>
			<Whereabouts room={room} otherName={otherName} />
			{isTherapist || !provider ? (
				<bdi>{booking.area}</bdi>
			) : (
				<>
					{t(`provider.${provider.kind}`)} · <bdi>{provider.area}</bdi>
				</>
			)}
		</>
	);
}

const SUBTITLES = {
	form: "window.form",
	review: "window.review",
	sending: "sending.title",
	waiting: "booking.draft",
	opening: "app.loading",
	chat: "app.loading",
	closed: "window.form",
} as const;
