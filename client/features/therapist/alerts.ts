import { effect } from "@preact/signals";
import { unreadTotal } from "../../state/conversations";
import { notifications } from "../../state/notifications";
import { alertWith } from "./alertSound";
import { sendDeclinesNow } from "./declining";

/** Every alert that was sounded, with its urgency: a higher level sounds again. */
const sounded = new Set<string>();
let isStarted = false;

/** A request sounds even when the page is in front: nobody looks at a phone all the time. */
function soundRequests(): void {
	const fresh = notifications.value
		.filter(({ type }) => type === "booking_request")
		.map(({ id, level }) => `${id} ${level}`)
		.filter((mark) => !sounded.has(mark));
	for (const mark of fresh) sounded.add(mark);
	if (fresh.length > 0) void alertWith("request");
}

/** A message sounds while it is unread; the open chat reads at once what comes, and so stays silent. */
function soundMessages(): void {
	let before = unreadTotal.peek();
	let waiting: ReturnType<typeof setTimeout> | undefined;
	effect(() => {
		const unread = unreadTotal.value;
		clearTimeout(waiting);
		if (unread > before) waiting = setTimeout(() => void alertWith("message"), READ_WITHIN_MS);
		before = unread;
	});
}

const READ_WITHIN_MS = 150;

/** Sounds alerts from now on, as long as the page lives; again is harmless. */
export function startAlerts(): void {
	if (isStarted) return;
	isStarted = true;
	effect(soundRequests);
	soundMessages();
	addEventListener("pagehide", sendDeclinesNow);
}
