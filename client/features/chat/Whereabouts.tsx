import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import type { ConversationView } from "../../state/conversations";
import { followPresence, type Presence, presenceIn } from "../../state/presence";
import { isTyping } from "../../state/typing";
import { lastSeenTime } from "../words";

/** Somebody who stops and goes on is not told of again and again, in milliseconds. */
const NEWS_EVERY = 30_000;

interface WhereaboutsProps {
	room: ConversationView;
	otherName: string;
}

/** Under the other member's name: writing, here, or last here when; nothing where that is not known. */
export function Whereabouts({ room, otherName }: WhereaboutsProps) {
	const { id, isOpen } = room;
	const writes = useMemo(() => isTyping(id), [id]).value;
	const presence = useMemo(() => presenceIn(id), [id]).value;
	// Of a closed chat nothing is told; when it opens again, it must be asked for again.
	useEffect(() => (isOpen ? followPresence(id) : undefined), [id, isOpen]);
	const words = writes ? t("chat.typing") : presence && presenceWords(presence);
	return (
		<>
			{words && (
				<span aria-hidden={writes}>
					<span class={writes ? "whereabouts-typing" : undefined}>{words}</span>
					{" · "}
				</span>
			)}
			<TypingNews writes={writes} name={otherName} />
		</>
	);
}

function presenceWords(presence: Presence): string {
	if (presence.isOnline) return t("presence.online");
	return t("presence.lastSeen", { when: lastSeenTime(presence.lastSeenAt, now.value) });
}

/** For who does not see the screen: said once, when it is convenient, and not anew for a while. */
function TypingNews({ writes, name }: { writes: boolean; name: string }) {
	const [said, say] = useState("");
	const saidAt = useRef(Number.NEGATIVE_INFINITY);
	useEffect(() => {
		if (!writes) return say("");
		if (performance.now() - saidAt.current < NEWS_EVERY) return;
		saidAt.current = performance.now();
		say(t("chat.typingNews", { name }));
	}, [writes, name]);
	return (
		<span class="visually-hidden" role="status">
			{said}
		</span>
	);
}
