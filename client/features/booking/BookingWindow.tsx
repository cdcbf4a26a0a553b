import { useEffect, useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { bookings } from "../../state/bookings";
import { conversation } from "../../state/conversations";
import { loadTherapist, therapistById } from "../../state/directory";
import { user } from "../../state/session";
import type { Therapist } from "../../state/types";
import { type ChatWindow, closeWindow, minimiseWindow } from "../../state/windows";
import { Avatar } from "../../ui/Avatar";
import { Window } from "../../ui/Window";
import { Whereabouts } from "../chat/Whereabouts";
import { ConnectionBanner } from "../status/ConnectionBanner";
import { ConnectionIndicator } from "../status/ConnectionIndicator";
import { bookingWords } from "./bookingWords";
import { bringForward, useFace } from "./face";
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
	const face = useFace(window, provider.value);
	const title = face.name ?? t("chat.conversations");
	const inChat = step === "chat";
	return (
		<Window
			title={title}
			sub={<Subtitle window={window} provider={provider.value} />}
			lead={<Avatar name={title} photoUrl={face.photoUrl} size={36} shape="round" />}
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
			<bdi>{isTherapist || !provider ? booking.area : provider.area}</bdi>
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
