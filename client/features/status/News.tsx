import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { isJudgement } from "../../state/appeals";
import { bookings, broken } from "../../state/bookings";
import { acknowledge, notifications } from "../../state/notifications";
import { user } from "../../state/session";
import type { Booking } from "../../state/types";
import { openChat, windows } from "../../state/windows";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { bookingWords, otherName } from "../booking/bookingWords";
import { preloadBooking } from "../booking/parts";
import { dayAndTime, zoneName } from "../words";

type Notice = (typeof notifications.value)[number];

/** More at once would push the page away; the next ones follow when these are gone. */
const MOST = 3;

/** On their way: the screen changes more than once before the answer is there. */
const telling = new Set<string>();

async function tell({ id }: Notice): Promise<void> {
	if (telling.has(id)) return;
	telling.add(id);
	await acknowledge(id);
	telling.delete(id);
}

/** What became of bookings, also while the person was away, until it was seen. Requests have cards of their own. */
export function News() {
	const news = notifications.value.filter(({ type }) => type !== "booking_request");
	useEffect(() => {
		for (const notice of news) if (isInSight(notice)) void tell(notice);
	});
	const shown = news.filter((notice) => !isInSight(notice)).slice(0, MOST);
	if (shown.length === 0) return null;
	return (
		<div class="stack">
			{shown.map((notice) => (
				<NewsItem key={notice.id} notice={notice} />
			))}
		</div>
	);
}

/** About a text of the person, and not about how the booking stands. */
const isAboutText = ({ type }: Notice) => isJudgement(type);

/** The open window says itself how its booking stands. */
const isInSight = (notice: Notice) =>
	notice.bookingId !== null &&
	!isAboutText(notice) &&
	windows.value.some(
		(window) =>
			window.bookingId === notice.bookingId && window.step === "chat" && !window.isMinimised,
	);

function bookingOf({ bookingId }: Notice): Booking | undefined {
	const booking = bookings.value.get(bookingId ?? "");
	return booking && !broken.value.includes(booking) ? booking : undefined;
}

function NewsItem({ notice }: { notice: Notice }) {
	const booking = bookingOf(notice);
	const seen = () => void tell(notice);
	const open = (conversationId: string) => {
		openChat(conversationId);
		seen();
	};
	const shown = isAboutText(notice) ? undefined : booking;
	const viewer = user.value?.role === "therapist" ? "therapist" : "customer";
	return (
		<Banner
			tone="info"
			icon={shown ? bookingWords(shown, viewer).icon : "bell"}
			live="polite"
			title={shown ? <bdi>{otherName(shown, viewer)}</bdi> : notice.title}
			actions={
				<>
					{booking && (
						<Button
							aria-label={t("news.openNamed", { name: otherName(booking, viewer) })}
							onPointerDown={preloadBooking}
							onClick={() => open(booking.conversationId)}
						>
							{t("bookings.openChat")}
						</Button>
					)}
					<Button look="plain" onClick={seen}>
						{t("news.seen")}
					</Button>
				</>
			}
		>
			{shown ? (
				<>
					{bookingWords(shown, viewer).title}
					<br />
					{dayAndTime(shown.scheduledTime, shown.timezone)}{" "}
					{zoneName(shown.timezone, shown.scheduledTime)}
				</>
			) : (
				notice.body
			)}
		</Banner>
	);
}
