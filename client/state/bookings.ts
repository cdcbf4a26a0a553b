import { computed, type ReadonlySignal } from "@preact/signals";
import { done, type Result } from "../net/problem";
import type { Booking } from "../net/types";
import { NAMELESS } from "../sync/facts";
import { bookingProblems } from "./bookingValidity";
import { now } from "./clock";
import { api } from "./engine";
import { facts } from "./facts";
import { learn, loadAgain, type Snapshots, snapshots } from "./live";
import { owner } from "./session";
import { stableList } from "./stable";
import { transition } from "./transitions";

export {
	keepBooking,
	type Uncancelled,
	type Unsettled,
	uncancelled,
	unsettled,
} from "./transitions";

/** All own bookings by id, each in its newest version. */
export const bookings: ReadonlySignal<ReadonlyMap<string, Booking>> = computed(
	() => facts.value.bookings,
);

/**
 * Whether the lists of the person are here; `failure` says why they are not yet. They are asked for again by
 * themselves, unless the server `refused` them: then the person can (`loadBookings`).
 */
export const bookingsLoad: ReadonlySignal<Snapshots> = snapshots;
export const loadBookings = loadAgain;

const byTime = (one: Booking, other: Booking) =>
	Date.parse(one.scheduledTime) - Date.parse(other.scheduledTime);
const byCreation = (one: Booking, other: Booking) =>
	Date.parse(one.createdAt) - Date.parse(other.createdAt);

const isSound = (booking: Booking) => bookingProblems(booking).length === 0;

/** Bookings with something missing are in no other list: nothing of them can be relied on. */
export const broken: ReadonlySignal<readonly Booking[]> = computed(() =>
	[...bookings.value.values()].filter((booking) => !isSound(booking)),
);

const sound = computed(() => [...bookings.value.values()].filter(isSound));

/** Asks again for the bookings that arrived with something missing. */
export function reloadBroken(): void {
	for (const [id, booking] of bookings.peek()) {
		if (id !== NAMELESS && !isSound(booking)) void loadBooking(id);
	}
}

const select = (holds: (booking: Booking) => boolean, order: typeof byTime) =>
	stableList(() => sound.value.filter(holds).sort(order));

/** The session's end has passed by the server's clock. */
const isOver = ({ endTime }: Booking) => Date.parse(endTime) <= now.value;

/** Waiting for the therapist's answer, longest waiting first. */
export const pending = select(({ status }) => status === "pending", byCreation);

/** Accepted, waiting for the customer to confirm, longest waiting first. */
export const awaitingConfirmation = select(
	({ status }) => status === "therapist_accepted",
	byCreation,
);

/** Confirmed and not over yet, soonest first. */
export const upcoming = select(
	(booking) => booking.status === "user_confirmed" && !isOver(booking),
	byTime,
);

/** Cancelled, or confirmed and over; newest first. */
export const past = select(
	(booking) =>
		booking.status === "cancelled" || (booking.status === "user_confirmed" && isOver(booking)),
	(one, other) => byTime(other, one),
);

/** The four transitions; docs at `transition`. */
export const accept = (bookingId: string) => transition(bookingId, "accept");
export const decline = (bookingId: string, reason?: string) =>
	transition(bookingId, "decline", reason);
export const confirm = (bookingId: string) => transition(bookingId, "confirm");
export const cancel = (bookingId: string, reason?: string) =>
	transition(bookingId, "cancel", reason);

/** Asks the server for one booking; `not_found` if it is not the person's own. */
export async function loadBooking(bookingId: string): Promise<Result<Booking>> {
	const whose = owner.peek();
	const result = await api.booking(bookingId);
	if (result.ok && owner.peek() === whose) learn({ type: "booking", data: result.value });
	return result.ok ? done(result.value) : result;
}
