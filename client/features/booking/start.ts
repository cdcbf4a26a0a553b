import { liveBooking, openBookingWindow, windows } from "../../state/windows";

/** The form's code comes with the window's: neither belongs to the first load. */
const prepare = () => import("./prepare");

/** Opens the booking window of a therapist, with a service chosen where one was tapped. */
export function startBooking(therapistId: string, serviceId?: string): void {
	const open = windows.peek().find((window) => window.therapistId === therapistId);
	// A chat whose booking is over is no answer to "Book now".
	openBookingWindow(therapistId, open?.step === "chat" && !liveBooking(therapistId));
	// Where it can't be fetched the window says so itself.
	void prepare().then(
		({ prepareForm }) => prepareForm(therapistId, serviceId),
		() => undefined,
	);
}

/** Another booking with the same therapist, filled in as the last one was. */
export function bookAgain(therapistId: string): void {
	openBookingWindow(therapistId, true);
	void prepare().then(
		({ prefillForm }) => prefillForm(therapistId),
		() => undefined,
	);
}
