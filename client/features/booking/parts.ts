import { loadPersonal } from "../../state/whenPersonal";
import { later } from "../shell/later";

const fetchWindow = async () => (await import("./BookingWindow")).BookingWindow;

/** The chat booking window, fetched when it is first needed. */
export const ChatBookingWindow = later(fetchWindow);

/** What opens one; throws when it cannot be fetched now. */
export const fetchStart = async () =>
	(await Promise.all([import("./start"), loadPersonal()]))[0].startBooking;

/** Begins to fetch both, when a finger or the focus nears a button that needs them. */
export function preloadBooking(): void {
	ChatBookingWindow.preload();
	// Pressing the button will say so if it cannot be fetched.
	fetchStart().catch(() => undefined);
}
