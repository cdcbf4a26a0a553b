import { useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { quote } from "../../state/bookingChecks";
import { emptyFields } from "../../state/bookingForm";
import { owner } from "../../state/session";
import type { FieldProblem, Problem, Therapist } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { ErrorList } from "../../ui/ErrorList";
import { money } from "../words";
import { DontKeep } from "./DontKeep";
import { DraftQuestions } from "./DraftQuestions";
import { FoundDraft } from "./FoundDraft";
import { PersonFields } from "./PersonFields";
import { SaveLine } from "./SaveLine";
import { ServiceChoice } from "./ServiceChoice";
import { useBookingForm } from "./useBookingForm";
import { useChatBookingStorage } from "./useChatBookingStorage";
import { useKeptScroll } from "./useKeptScroll";
import { WhenChoice } from "./WhenChoice";
import { WhereChoice } from "./WhereChoice";

interface FormStepProps {
	therapist: Therapist;
	/** What the server found wrong with the form when it was sent. */
	refused: readonly FieldProblem[];
	/** The answer in which it said so. */
	problem?: Problem | null;
	onReview: () => void;
	/** The person does not want it kept: there is nothing more to do here. */
	onGone?: () => void;
}

/** The booking form. The price of what is chosen stands at the foot all the time. */
export function FormStep({
	therapist,
	refused,
	problem = null,
	onReview,
	onGone = () => {},
}: FormStepProps) {
	const storage = useChatBookingStorage(therapist.id, owner.value);
	const fields = storage.draft?.fields ?? emptyFields;
	const form = useBookingForm(therapist, refused, storage, fields, problem);
	const box = useKeptScroll(storage.draft?.scroll ?? 0, storage.actions.saveScrollPosition);
	const price = quote(therapist, fields);
	// Most of the form, which the longest text of it need not draw anew with every key.
	const choices = useMemo(
		() => (
			<>
				<ServiceChoice form={form} />
				<WhenChoice form={form} />
				<WhereChoice form={form} />
			</>
		),
		[form.choicesVersion],
	);
	return (
		<form
			class="window-body"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (form.submit()) onReview();
			}}
		>
			<div class="window-scroll" ref={box}>
				<div class="form">
					<FoundDraft storage={storage} />
					{therapist.status === "offline" && (
						<Banner tone="warn" live="polite">
							{t("form.offline", { name: therapist.displayName })}
						</Banner>
					)}
					<ErrorList title={t("form.errors")} items={form.faults} attempt={form.attempt} />
					<DraftQuestions therapist={therapist} storage={storage} />
					{choices}
					<PersonFields form={form} />
					<DontKeep storage={storage} onGone={onGone} />
				</div>
			</div>
			<div class="window-foot">
				<SaveLine storage={storage} />
				{(price || storage.lastSaved === null) && (
					<p class="foot-price">
						<span>{price ? t("review.total") : t("form.intro")}</span>
						{price && <strong>{money(price.price, price.currency)}</strong>}
					</p>
				)}
				<Button type="submit" look="primary" wide>
					{t("form.next")}
				</Button>
			</div>
		</form>
	);
}
