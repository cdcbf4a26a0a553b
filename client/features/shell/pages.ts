import type { ComponentType } from "preact";
import { loadPersonal } from "../../state/whenPersonal";
import { later } from "./later";

/** A page of a person's own things. */
const personalPage = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
	later(async () => (await Promise.all([load(), loadPersonal()]))[0]);

/** The pages that are fetched when they are first opened. */
export const TherapistPage = later(
	async () => (await import("../directory/TherapistPage")).TherapistPage,
);
export const BookingsPage = personalPage(
	async () => (await import("../bookings/BookingsPage")).BookingsPage,
);
export const DeskPage = personalPage(async () => (await import("../therapist/DeskPage")).DeskPage);
export const OperatorPage = later(
	async () => (await import("../operator/OperatorPage")).OperatorPage,
);
export const AccountPage = personalPage(
	async () => (await import("../account/AccountPage")).AccountPage,
);
