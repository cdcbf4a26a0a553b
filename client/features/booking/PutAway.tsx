import { useEffect, useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { bookingForm, isFilledIn } from "../../state/bookingForm";
import { conversation } from "../../state/conversations";
import { knownTherapist, loadTherapist, therapistById } from "../../state/directory";
import { type ChatWindow, windows } from "../../state/windows";
import { Avatar } from "../../ui/Avatar";
import { Count } from "../../ui/Badge";
import { bringForward, useFace } from "./face";
import "./putAway.css";

/** So many have room beside the brand; the others are among the bookings and in the directory. */
const MOST = 2;

/**
 * Where a window covers the screen: the way back to those that were put away, the newest last. The one in front has its
 * place here too, so that the focus can return to it.
 */
export function PutAway() {
	const list = windows.value.filter(isWorthReturning).slice(-MOST);
	if (list.length === 0) return null;
	return (
		<ul class="put-away" aria-label={t("window.putAway")}>
			{list.map((window, at) => (
				<li key={window.id}>
					<Chip window={window} isNewest={at === list.length - 1} />
				</li>
			))}
		</ul>
	);
}

/** A form that nobody has touched is forgotten when one leaves it. */
function isWorthReturning({ step, therapistId }: ChatWindow): boolean {
	if (step === "closed") return false;
	return step !== "form" || isFilledIn(bookingForm(therapistId).value.fields);
}

function Chip({ window, isNewest }: { window: ChatWindow; isNewest: boolean }) {
	const { therapistId, conversationId } = window;
	const provider = useMemo(() => therapistById(therapistId), [therapistId]).value;
	const room = useMemo(() => conversation(conversationId ?? ""), [conversationId]).value;
	useEffect(() => {
		// The window itself asks for her as she is now; here a name and a face are all that is shown.
		if (knownTherapist(therapistId) === null) void loadTherapist(therapistId);
	}, [therapistId]);
	const { name, photoUrl } = useFace(window, provider.value);
	if (name === null) return null;
	const unread = room?.unreadCount ?? 0;
	return (
		<button
			type="button"
			class={isNewest ? "put-away-chip" : "put-away-chip put-away-face"}
			onClick={() => bringForward(window)}
		>
			<Avatar name={name} photoUrl={photoUrl} size={32} shape="round" />
			<span class="put-away-words">
				<span class="visually-hidden">{t("window.backTo")} </span>
				<bdi class="put-away-name">{name}</bdi>
				<span class="put-away-what">{t(WHAT[window.step])}</span>
			</span>
			<Count value={unread} label={t("app.unread", { count: unread })} />
		</button>
	);
}

const WHAT = {
	form: "booking.draft",
	review: "booking.draft",
	sending: "sending.title",
	waiting: "booking.draft",
	opening: "window.chat",
	chat: "window.chat",
	closed: "window.chat",
} as const;
