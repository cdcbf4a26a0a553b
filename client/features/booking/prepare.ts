/** What a form begins with. */
import { bookingForm, chooseInForm, drafts, typeInForm } from "../../state/bookingForm";
import { bookings } from "../../state/bookings";
import { knownTherapist } from "../../state/directory";

/** The therapist whose form the next one may take name, number and address from. */
let carriedFrom: string | null = null;

/** Details of another therapist's form, the last booking's person, and the service that was tapped. */
export async function prepareForm(therapistId: string, serviceId?: string): Promise<void> {
	carryDetails(therapistId);
	if (serviceId && bookingForm(therapistId).peek().fields.serviceId !== serviceId) {
		const services = knownTherapist(therapistId)?.services ?? [];
		const duration = services.find(({ id }) => id === serviceId)?.duration ?? 0;
		drafts.prepareBooking(therapistId, { serviceId, duration });
	}
	await prefillForm(therapistId);
}

/** Fills what is empty from the person's last booking; without a booking there is nothing to ask for. */
export async function prefillForm(therapistId: string): Promise<void> {
	if (bookings.peek().size > 0) await drafts.fetchAndPrefillFromBackend(therapistId);
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
