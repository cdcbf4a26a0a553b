import { t } from "../../i18n";
import { retryNow, type Submission } from "../../state/submit";
import type { BookingFields, BookingRequest, OrderedFrom } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { waitingTitle } from "../status/waitingTitle";
import { ReviewDetails } from "./ReviewStep";

interface KeptStepProps {
	kept: Extract<Submission, { phase: "kept" }>;
	/** Left out where this device knows nothing of her. */
	provider: OrderedFrom | undefined;
	/** Left out where there is nothing to choose from. */
	onEdit: (() => void) | undefined;
}

/** The booking waits and goes out by itself; meanwhile it can be tried, changed or dropped. */
export function KeptStep({ kept: { order, isKept }, provider, onEdit }: KeptStepProps) {
	return (
		<>
			<div class="window-scroll">
				<div class="stack-wide">
					<Banner
						tone="warn"
						icon={isKept ? "saved" : "alert"}
						title={waitingTitle(isKept)}
						live="assertive"
					>
						<p>{t(isKept ? "waiting.savedText" : "waiting.unsavedText")}</p>
					</Banner>
					<ReviewDetails provider={provider} fields={fieldsOf(order)} />
				</div>
			</div>
			<div class="window-foot">
				<Button look="primary" icon="refresh" wide onClick={() => retryNow(order.therapistId)}>
					{t("waiting.retry")}
				</Button>
				{onEdit && (
					<div class="foot-actions">
						<Button wide onClick={onEdit}>
							{t("waiting.edit")}
						</Button>
					</div>
				)}
			</div>
		</>
	);
}

/** The order's own copy of what the form held: the form may have gone on since. */
function fieldsOf({ scheduledTime, note, ...order }: BookingRequest): BookingFields {
	const time = scheduledTime ?? null;
	return { ...order, scheduledTime: time, when: time ? "later" : "asap", note: note ?? "" };
}
