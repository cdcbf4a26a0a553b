import { signal } from "@preact/signals";
import type { ToastItem } from "../../ui/Toast";

const LASTS_MS = 6000;
const MOST = 3;

/** The short notices on the screen, oldest first. */
export const notices = signal<readonly ToastItem[]>([]);

let made = 0;

/** Shows a short notice for six seconds, or for as long as told (ms). Returns what takes it away. */
export function notify(item: Omit<ToastItem, "id">, lasts = LASTS_MS): () => void {
	made += 1;
	const id = made;
	const dismiss = () => {
		clearTimeout(timer);
		notices.value = notices.value.filter((notice) => notice.id !== id);
	};
	const timer = setTimeout(dismiss, lasts);
	notices.value = [...notices.value, { ...item, id }].slice(-MOST);
	return dismiss;
}
