import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { user } from "../../state/session";
import type { PriceQuote, Problem, Therapist } from "../../state/types";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { problemText } from "../status/problemText";
import { money } from "../words";

interface QuestionStepProps {
	therapist: Therapist;
	/** Why it was not sent; null when its time passed while it waited. */
	problem: Problem | null;
	/** The total the person had agreed to, in minor units. */
	priceBefore: number | null;
	onBookFor: (price: number) => void;
	onChangeTime: () => void;
	onOther: () => void;
	onEdit: () => void;
}

interface Question {
	title: string;
	text: string;
	/** What can be done, the likeliest first. */
	answers: ("price" | "send" | "time" | "other" | "edit")[];
}

function quoteIn(problem: Problem | null): PriceQuote | null {
	const current = problem?.code === "price_changed" ? problem.current : null;
	const isQuote = typeof current === "object" && current !== null && "price" in current;
	return isQuote ? (current as PriceQuote) : null;
}

function questionOf({ therapist, problem, priceBefore }: QuestionStepProps): Question {
	const quote = quoteIn(problem);
	if (quote) {
		const now = money(quote.price, quote.currency);
		const before = money(priceBefore ?? quote.price, quote.currency);
		const text = t("question.priceText", { before, now });
		return { title: t("question.price"), text, answers: ["price", "edit"] };
	}
	switch (problem?.code) {
		case undefined:
			return {
				title: t("question.passed"),
				text: t("question.passedText"),
				answers: ["time", "other"],
			};
		case "slot_taken":
			return {
				title: t("question.slot"),
				text: t("question.slotText"),
				answers: ["time", "other"],
			};
		case "ordered_as_guest":
			return {
				title: t("question.guest", { name: user.value?.displayName ?? "" }),
				text: t("question.guestText"),
				answers: ["send", "edit"],
			};
		case "therapist_unavailable": {
			const title = t("question.unavailable", { name: therapist.displayName });
			return { title, text: t("question.unavailableText"), answers: ["time", "other"] };
		}
		default:
			return {
				title: t("question.refused"),
				text: problem ? problemText(problem) : "",
				answers: ["edit", "other"],
			};
	}
}

/** Something stands between the form and the booking that only the person can decide. */
export function QuestionStep(props: QuestionStepProps) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => box.current?.focus(), []);
	const { title, text, answers } = questionOf(props);
	return (
		<div class="window-scroll">
			<div class="place place-bad" role="alertdialog" aria-label={title} tabIndex={-1} ref={box}>
				<span class="place-sign">
					<Icon name="alert" size={26} />
				</span>
				<h3>{title}</h3>
				<p class="place-text">{text}</p>
				<div class="outcome">
					{answers.map((answer, index) => (
						<Answer key={answer} answer={answer} first={index === 0} {...props} />
					))}
				</div>
			</div>
		</div>
	);
}

interface AnswerProps extends QuestionStepProps {
	answer: Question["answers"][number];
	first: boolean;
}

function Answer({ answer, first, ...props }: AnswerProps) {
	const look = first ? "primary" : "quiet";
	const quote = quoteIn(props.problem);
	switch (answer) {
		case "price":
			return quote ? (
				<Button look={look} onClick={() => props.onBookFor(quote.price)}>
					{t("question.priceYes", { now: money(quote.price, quote.currency) })}
				</Button>
			) : null;
		case "send":
			return (
				<Button look={look} icon="send" onClick={() => props.onBookFor(props.priceBefore ?? 0)}>
					{t("question.guestYes")}
				</Button>
			);
		case "time":
			return (
				<Button look={look} icon="clock" onClick={props.onChangeTime}>
					{t("question.changeTime")}
				</Button>
			);
		case "other":
			return (
				<Button look={look} icon="search" onClick={props.onOther}>
					{t("question.other")}
				</Button>
			);
		case "edit":
			return (
				<Button look={look} onClick={props.onEdit}>
					{t("question.back")}
				</Button>
			);
	}
}
