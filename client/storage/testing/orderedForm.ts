/** A form with an order on its way, as the device keeps it while nobody is known. */
import type { BookingRequest } from "../../net/types";
import { emptyFields, readForm, type StoredForm } from "../bookingForms";
import { NOBODY_YET } from "../keys";

export const AYU = "t-ayu";
export const order: BookingRequest = {
	therapistId: AYU,
	serviceId: "s-60",
	expectedPrice: 175_000,
	customerName: "Budi",
	customerWhatsApp: "0812 3456 7890",
	locationType: "villa",
	area: "Ubud",
	location: "Jalan Raya 1",
	massageFor: "male",
	scheduledTime: null,
};
export const attempt = {
	key: "k-1",
	order,
	earlier: [],
	pressedAt: 1_000,
	isWaiting: true,
	asksFirst: false,
	unanswered: 0,
	isBooked: false,
};
export const form: StoredForm = {
	fields: { ...emptyFields, customerName: "Budi" },
	savedAt: 1_000,
	attempt,
	bookingId: null,
};
export const put = (stored: unknown) =>
	localStorage.setItem(`session_${AYU}_${NOBODY_YET}`, JSON.stringify(stored));
export const read = () => readForm(AYU, NOBODY_YET);
