import { t } from "../../i18n";
import type { Booking, MemberRole } from "../../state/types";
import type { IconName } from "../../ui/Icon";
import { placeTime } from "../words";

export type BookingTone = "wait" | "ask" | "good" | "over";

export interface BookingWords {
	tone: BookingTone;
	icon: IconName;
	title: string;
	/** A second line, where there is more to say. */
	note?: string;
}

/** The person a booking's viewer deals with. */
export function otherName(booking: Booking, viewer: MemberRole): string {
	return viewer === "customer" ? booking.therapistName : booking.customerName;
}

/**
 * The state of a booking in the words of the one who looks at it. `isUnlocked`: an earlier booking lets the therapist
 * write already.
 */
export function bookingWords(
	booking: Booking,
	viewer: MemberRole,
	isUnlocked = false,
): BookingWords {
	if (booking.status === "cancelled") return cancelledWords(booking, viewer);
	if (booking.completed) return { tone: "over", icon: "check", title: t("booking.completed") };
	if (booking.status === "user_confirmed") {
		return { tone: "good", icon: "available", title: t("booking.confirmed") };
	}
	return viewer === "customer" ? openForCustomer(booking, isUnlocked) : openForTherapist(booking);
}

function deadlineOf(booking: Booking): string {
	return booking.expiresAt ? placeTime(booking.expiresAt, booking.timezone) : "";
}

function openForCustomer(booking: Booking, isUnlocked: boolean): BookingWords {
	const name = booking.therapistName;
	const time = deadlineOf(booking);
	if (booking.status === "pending") {
		return {
			tone: "wait",
			icon: "wait",
			title: t("booking.pending", { name }),
			note: t(isUnlocked ? "booking.pendingUnlocked" : "booking.pendingText", { name }),
		};
	}
	return {
		tone: "ask",
		icon: "bell",
		title: t("booking.accepted", { name, time }),
		note: t("booking.acceptedText"),
	};
}

function openForTherapist(booking: Booking): BookingWords {
	const name = booking.customerName;
	const time = deadlineOf(booking);
	if (booking.status === "pending") {
		return {
			tone: "ask",
			icon: "bell",
			title: t("desk.requestFrom", { name }),
			note: t("desk.answerBy", { time }),
		};
	}
	return {
		tone: "wait",
		icon: "wait",
		title: t("desk.awaiting", { name }),
	};
}

function cancelledWords(booking: Booking, viewer: MemberRole): BookingWords {
	const same = { tone: "over", icon: "off" } as const;
	const name = booking.therapistName;
	const isDesk = viewer === "therapist";
	switch (booking.cancelReason) {
		case "declined": {
			const title = isDesk ? t("desk.youDeclined") : t("booking.declined", { name });
			return { ...same, title, ...noteOf(booking) };
		}
		case "answer_expired": {
			const title = isDesk ? t("desk.answerExpired") : t("booking.answerExpired", { name });
			return { ...same, title };
		}
		case "confirm_expired":
			return { ...same, title: t("booking.confirmExpired") };
		default:
			return { ...same, title: cancelledBy(booking, viewer) };
	}
}

function noteOf({ cancelNote }: Booking): Pick<BookingWords, "note"> {
	return cancelNote ? { note: t("booking.note", { note: cancelNote }) } : {};
}

function cancelledBy(booking: Booking, viewer: MemberRole): string {
	const who = booking.cancelledBy === viewer ? t("booking.you") : otherName(booking, viewer);
	const why = booking.cancelNote;
	return why ? t("booking.cancelledWhy", { who, why }) : t("booking.cancelled", { who });
}
