import { t } from "../../i18n";
import { retryNow } from "../../state/submit";
import type { Therapist } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { waitingTitle } from "../status/waitingTitle";
import { ReviewDetails } from "./ReviewStep";

interface KeptStepProps {
	therapist: Therapist;
	/** Whether it would survive a reload. */
	isKept: boolean;
	onEdit: () => void;
}

/** The booking waits and goes out by itself; meanwhile it can be tried, changed or dropped. */
export function KeptStep({ therapist, isKept, onEdit }: KeptStepProps) {
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
					<ReviewDetails therapist={therapist} />
				</div>
			</div>
			<div class="window-foot">
				<Button look="primary" icon="refresh" wide onClick={() => retryNow(therapist.id)}>
					{t("waiting.retry")}
				</Button>
				<div class="foot-actions">
					<Button wide onClick={onEdit}>
						{t("waiting.edit")}
					</Button>
				</div>
			</div>
		</>
	);
}
