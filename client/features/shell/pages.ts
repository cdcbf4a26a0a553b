import { later } from "./later";

/** The pages that are fetched when they are first opened. */
export const BookingsPage = later(
	async () => (await import("../bookings/BookingsPage")).BookingsPage,
);
export const DeskPage = later(async () => (await import("../therapist/DeskPage")).DeskPage);
export const AccountPage = later(async () => (await import("../account/AccountPage")).AccountPage);
