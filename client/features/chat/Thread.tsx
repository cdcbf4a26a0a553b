import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../../i18n";
import { type ConversationView, markRead } from "../../state/conversations";
import { loadMessages, loadOlder, openThread, thread } from "../../state/messages";
import type { Problem } from "../../state/types";
import { Button } from "../../ui/Button";
import { MessageNote } from "../../ui/MessageBubble";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { wallClock } from "../booking/schedule";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { deviceZone, pastDayName } from "../words";
import { Bubble } from "./Bubble";
import "./chat.css";
import { type Row, rowsOf } from "./thread";
import { usePageVisible } from "./usePageVisible";
import { useScrollAnchor } from "./useScrollAnchor";

interface ThreadProps {
	room: ConversationView;
	otherName: string;
	/** Puts the text of a refused message back where it can be changed; null where nothing can be written. */
	onEdit: ((text: string) => void) | null;
}

/** Days begin on a quarter of an hour in every zone there is. */
const QUARTER = 15 * 60_000;
const days = new Map<number, string>();

/** Asked of every message with each new one, and slow to find out. */
function dayOf(at: number): string {
	const quarter = Math.floor(at / QUARTER);
	const known = days.get(quarter) ?? wallClock(at, deviceZone()).day;
	days.set(quarter, known);
	return known;
}

async function fetchOlder(conversationId: string): Promise<void> {
	const problem = await loadOlder(conversationId);
	if (problem) notify({ text: problemText(problem), icon: "unlinked" });
}

/** The messages of one conversation, newest at the foot. */
export function Thread({ room, otherName, onEdit }: ThreadProps) {
	const { id } = room;
	const state = useMemo(() => thread(id), [id]).value;
	// Stays where it was when the chat was opened, although reading moves the mark.
	const [readBefore] = useState(room.unreadCount > 0 ? room.ownReadSeq : null);
	useEffect(() => openThread(id), [id]);

	const { messages, hasOlder, isLoadingOlder } = state;
	const last = messages.at(-1);
	const ends = { first: messages[0]?.key, last: last?.key, lastIsOwn: last?.own ?? false };
	const older = () => {
		if (hasOlder && !isLoadingOlder) void fetchOlder(id);
	};
	const { box, atEnd, toEnd } = useScrollAnchor(ends, older);
	const isVisible = usePageVisible();
	const newest = messages.reduce((highest, { seq }) => Math.max(highest, seq ?? 0), 0);
	useEffect(() => {
		if (isVisible && atEnd && newest > 0) void markRead(id, newest);
	}, [id, isVisible, atEnd, newest]);

	return (
		<>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse it is scrolled with the keys. */}
			<div class="thread" ref={box} tabIndex={0}>
				<div class="thread-inner">
					{hasOlder ? (
						<div class="thread-older">
							<Button look="plain" busy={isLoadingOlder} onClick={older}>
								{t(isLoadingOlder ? "chat.olderLoading" : "chat.older")}
							</Button>
						</div>
					) : (
						state.status === "ready" && (
							<p class="thread-start">{t("chat.start", { name: otherName })}</p>
						)
					)}
					{messages.length === 0 && state.status === "loading" && <Waiting />}
					{state.status === "failed" && state.error && (
						<Failure problem={state.error} onRetry={() => void loadMessages(id)} />
					)}
					<div
						class="thread-list"
						role="log"
						aria-label={t("chat.messages", { name: otherName })}
						aria-busy={isLoadingOlder}
					>
						{rowsOf(messages, readBefore, dayOf).map((row) => (
							<ThreadRow key={row.key} row={row} onEdit={onEdit} />
						))}
					</div>
				</div>
			</div>
			{!atEnd && <ToEnd unread={room.unreadCount} onPress={toEnd} />}
		</>
	);
}

/** Without a connection there is nothing to press: they come by themselves when it is back. */
function Failure({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
	if (problem.code === "unreachable") return <MessageNote>{t("chat.loadsLater")}</MessageNote>;
	return (
		<MessageNote>
			{problemText(problem)}{" "}
			<Button look="plain" onClick={onRetry}>
				{t("app.retry")}
			</Button>
		</MessageNote>
	);
}

function ThreadRow({ row, onEdit }: { row: Row; onEdit: ThreadProps["onEdit"] }) {
	if (row.type === "day") return <p class="day">{pastDayName(row.at)}</p>;
	if (row.type === "unread") return <p class="unread-line">{t("chat.unread")}</p>;
	return <MessageRow message={row.message} closes={row.closes} onEdit={onEdit} />;
}

/** Drawn again only when something about its message changed, not with each one that comes. */
function MessageRow({ message, closes, onEdit }: Parameters<typeof Bubble>[0]) {
	return useMemo(
		() => <Bubble message={message} closes={closes} onEdit={onEdit} />,
		[message, closes, onEdit],
	);
}

function ToEnd({ unread, onPress }: { unread: number; onPress: () => void }) {
	return (
		<div class="to-end-place">
			<div class="to-end">
				<Button look="quiet" icon="down" onClick={onPress}>
					{t(unread > 0 ? "chat.newBelow" : "chat.toEnd")}
				</Button>
			</div>
		</div>
	);
}

function Waiting() {
	return (
		<Loading label={t("app.loading")}>
			<div class="stack">
				<Skeleton width="60%" height="2.5rem" />
				<Skeleton width="45%" height="2.5rem" />
			</div>
		</Loading>
	);
}
