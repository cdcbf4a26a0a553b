import { later } from "../shell/later";

/** The chat booking window, fetched when it is first needed. */
export const ChatBookingWindow = later(async () => (await import("./BookingWindow")).BookingWindow);

/** Begins to fetch it, when a finger or the focus nears a button that needs it. */
export const preloadBooking = (): void => ChatBookingWindow.preload();
