import { bookingForm, chooseInForm, typeInForm } from "../../state/bookingForm";
import { liveBooking, openBookingWindow, windows } from "../../state/windows";

/** The therapist whose form the next one may take name, number and address from. */
let carriedFrom: string | null = null;

/** Opens the booking window of a therapist, with a service chosen where one was tapped. */
export function startBooking(therapistId: string, serviceId?: string): void {
	const open = windows.peek().find((window) => window.therapistId === therapistId);
	// A chat whose booking is over is no answer to "Book now".
	openBookingWindow(therapistId, open?.step === "chat" && !liveBooking(therapistId));
	carryDetails(therapistId);
	if (serviceId && bookingForm(therapistId).peek().fields.serviceId !== serviceId) {
		chooseInForm(therapistId, { serviceId });
	}
}

/** Another booking with the same therapist, whatever became of the last one. */
export function bookAgain(therapistId: string): void {
	openBookingWindow(therapistId, true);
}

/** The next form that is opened empty takes over who and where; service, time and price never. */
export function carryFrom(therapistId: string): void {
	carriedFrom = therapistId;
}

function carryDetails(therapistId: string): void {
	const from = carriedFrom;
	if (!from || from === therapistId || bookingForm(therapistId).peek().savedAt !== null) return;
	const { locationType, massageFor, ...rest } = bookingForm(from).peek().fields;
	const { customerName, customerWhatsApp, area, location } = rest;
	carriedFrom = null;
	typeInForm(therapistId, { customerName, customerWhatsApp, area, location });
	chooseInForm(therapistId, {
		massageFor,
		locationType: locationType === "place" ? null : locationType,
	});
}
