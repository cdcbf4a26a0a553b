import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { revealCard } from "../../state/bankAccount";
import { bookings } from "../../state/bookings";
import { now } from "../../state/clock";
import type { PaymentCard, Problem, RevealedCard } from "../../state/types";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { grouped } from "./banks";
import "./payment.css";

/** So long (ms) the number stays on the screen. */
const SHOWN_FOR = 60_000;

interface CardFaceProps {
	card: PaymentCard;
	/** Of the therapist who sent it; the number is for the other side only. */
	own: boolean;
}

/** A payment card in a chat. The number is held here, while it is shown, and nowhere else on the device (R18). */
export function CardFace({ card, own }: CardFaceProps) {
	const [shown, setShown] = useState<RevealedCard | null>(null);
	const isOutdated = card.isOutdated || shown?.isOutdated === true;
	return (
		<div class="pay-card">
			<p class="pay-head">
				<Icon name="bank" size={20} />
				<span>{t("pay.card")}</span>
			</p>
			<p class="pay-bank" dir="auto">
				{card.bank}
			</p>
			<p class="pay-number" dir="ltr">
				{shown ? grouped(shown.number) : card.masked.slice(card.bank.length).trim()}
			</p>
			<p class="pay-holder">
				<span class="small">{t("pay.inName")}</span> <bdi>{card.holder}</bdi>
			</p>
			{isOutdated && (
				<p class="pay-old">
					<Icon name="alert" size={16} />
					<span>{t(own ? "pay.oldOwn" : "pay.old")}</span>
				</p>
			)}
			{!own && <Reveal card={card} shown={shown} onShown={setShown} />}
		</div>
	);
}

interface RevealProps {
	card: PaymentCard;
	shown: RevealedCard | null;
	onShown: (shown: RevealedCard | null) => void;
}

function Reveal({ card, shown, onShown }: RevealProps) {
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<Problem | null>(null);
	const box = useRef<HTMLDivElement>(null);
	const isHere = useRef(true);
	/** The buttons change with the number: whoever stood on one is led to the next. */
	const hadFocus = useRef(false);
	const change = (next: RevealedCard | null) => {
		hadFocus.current = box.current?.contains(document.activeElement) ?? false;
		onShown(next);
	};
	const hide = () => change(null);
	const hideUnseen = () => {
		if (document.visibilityState === "hidden") hide();
	};
	useEffect(
		() => () => {
			isHere.current = false;
		},
		[],
	);
	// Before the number is on the screen, so that there is no moment in which nothing would hide it.
	useLayoutEffect(() => {
		if (hadFocus.current) box.current?.querySelector("button")?.focus();
		hadFocus.current = false;
		if (!shown) return;
		const timer = setTimeout(hide, SHOWN_FOR);
		// A page that is put aside keeps what stands on it, and one that is frozen behind another app forgets the time.
		addEventListener("pagehide", hide);
		document.addEventListener("visibilitychange", hideUnseen);
		// It may have come when nobody was looking any more.
		hideUnseen();
		return () => {
			clearTimeout(timer);
			removeEventListener("pagehide", hide);
			document.removeEventListener("visibilitychange", hideUnseen);
		};
	}, [shown]);
	const show = async () => {
		setBusy(true);
		setProblem(null);
		const result = await revealCard(card.cardId);
		if (!isHere.current) return;
		setBusy(false);
		if (result.ok) change(result.value);
		else setProblem(result.error);
	};
	if (bookings.value.get(card.bookingId)?.status === "cancelled") {
		return <p class="small">{t("pay.cancelled")}</p>;
	}
	return (
		<div class="pay-actions" ref={box}>
			{shown ? (
				<div class="row">
					<Button onClick={() => void copy(shown.number)}>{t("pay.copy")}</Button>
					<Button look="plain" onClick={hide}>
						{t("pay.hide")}
					</Button>
				</div>
			) : (
				<Button busy={busy} onClick={() => void show()}>
					{t("pay.show")}
				</Button>
			)}
			<p class="small">{shown ? <HidesIn /> : t("pay.recorded")}</p>
			{problem && (
				<p class="pay-problem small" role="alert">
					{problem.code === "booking_state" ? t("pay.cancelled") : problemText(problem)}
				</p>
			)}
		</div>
	);
}

/** Counts from where it appeared to the moment at which the number goes. */
function HidesIn() {
	const [until] = useState(() => now.peek() + SHOWN_FOR);
	const seconds = Math.ceil((until - now.value) / 1_000);
	// The device's clock may be set meanwhile; the number goes in time all the same.
	return <>{t("pay.hidesSoon", { seconds: Math.min(SHOWN_FOR / 1_000, Math.max(1, seconds)) })}</>;
}

async function copy(number: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(number);
		notify({ text: t("pay.copied"), icon: "check" });
	} catch {
		notify({ text: t("pay.notCopied"), icon: "alert" });
	}
}
