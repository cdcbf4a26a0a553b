import { useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { bookingsLoad } from "../../state/bookings";
import { type ConversationView, conversations } from "../../state/conversations";
import { therapistById } from "../../state/directory";
import { isTyping } from "../../state/typing";
import { openChat } from "../../state/windows";
import { Avatar } from "../../ui/Avatar";
import { Count } from "../../ui/Badge";
import { Icon } from "../../ui/Icon";
import { EmptyState } from "../../ui/Place";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { preloadBooking } from "../booking/parts";
import { recentTime } from "../words";
import "./chat.css";

/** The person's conversations, the newest first; each opens in its window. That there are `none` is said when it is known. */
export function ConversationList({ none }: { none: string }) {
	const list = conversations.value;
	if (list.length === 0 && bookingsLoad.value.state !== "ready") {
		return (
			<Loading label={t("app.loading")}>
				<Skeleton height="4.5rem" />
			</Loading>
		);
	}
	if (list.length === 0) {
		return (
			<EmptyState icon="chat" level={3} title={t("chat.none")}>
				<p>{none}</p>
			</EmptyState>
		);
	}
	return (
		<ul class="conversations">
			{list.map((room) => (
				<li key={room.id}>
					<Entry room={room} />
				</li>
			))}
		</ul>
	);
}

function Entry({ room }: { room: ConversationView }) {
	const { id, ownRole, unreadCount, lastMessage, canWrite } = room;
	const name = ownRole === "customer" ? room.therapistName : room.customerName;
	const therapist = therapistById(room.therapistId).value.value;
	const photoUrl = ownRole === "customer" ? therapist?.photoUrl : null;
	const isOwn = lastMessage?.senderRole === ownRole;
	const written = lastMessage?.message ?? t("chat.nothingYet");
	const isCard = lastMessage?.messageType === "payment_card";
	const text = isCard ? t("pay.cardOf", { masked: written }) : written;
	const writes = useMemo(() => isTyping(id), [id]).value;
	return (
		<button
			type="button"
			class={unreadCount > 0 ? "conversation conversation-unread" : "conversation"}
			onPointerDown={preloadBooking}
			onClick={() => openChat(id)}
		>
			<Avatar name={name} photoUrl={photoUrl} size={44} shape="round" />
			<span class="conversation-words">
				<span class="conversation-name">
					<bdi>{name}</bdi>
				</span>
				{writes ? (
					<span class="conversation-last whereabouts-typing">{t("chat.typing")}</span>
				) : (
					<span class="conversation-last" dir="auto">
						{isOwn ? t("chat.lastYou", { text }) : text}
					</span>
				)}
			</span>
			<span class="conversation-side">
				{lastMessage && <span>{recentTime(lastMessage.createdAt)}</span>}
				{unreadCount > 0 ? (
					<Count value={unreadCount} label={t("app.unread", { count: unreadCount })} />
				) : (
					!canWrite && <Icon name="lock" size={16} />
				)}
			</span>
		</button>
	);
}
