import { t } from "../../i18n";
import { quote } from "../../state/bookingChecks";
import type { FieldProblem, Therapist } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { ErrorList } from "../../ui/ErrorList";
import { money } from "../words";
import { PersonFields } from "./PersonFields";
import { ServiceChoice } from "./ServiceChoice";
import { useBookingForm } from "./useBookingForm";
import { WhenChoice } from "./WhenChoice";
import { WhereChoice } from "./WhereChoice";

interface FormStepProps {
	therapist: Therapist;
	/** What the server found wrong with the form when it was sent. */
	refused: readonly FieldProblem[];
	onReview: () => void;
}

/** The booking form. The price of what is chosen stands at the foot all the time. */
export function FormStep({ therapist, refused, onReview }: FormStepProps) {
	const form = useBookingForm(therapist, refused);
	const price = quote(therapist, form.fields);
	return (
		<form
			class="window-body"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (form.submit()) onReview();
			}}
		>
			<div class="window-scroll">
				<div class="form">
					{therapist.status === "offline" && (
						<Banner tone="warn" live="polite">
							{t("form.offline", { name: therapist.displayName })}
						</Banner>
					)}
					<ErrorList title={t("form.errors")} items={form.faults} attempt={form.attempt} />
					<ServiceChoice form={form} />
					<WhenChoice form={form} />
					<WhereChoice form={form} />
					<PersonFields form={form} />
				</div>
			</div>
			<div class="window-foot">
				<p class="foot-price">
					<span>{price ? t("review.total") : t("form.intro")}</span>
					{price && <strong>{money(price.price, price.currency)}</strong>}
				</p>
				<Button type="submit" look="primary" wide>
					{t("form.next")}
				</Button>
			</div>
		</form>
	);
}
