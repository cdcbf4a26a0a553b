import { useLocation } from "preact-iso";
import { t } from "../../i18n";
import { isFieldName } from "../../state/bookingChecks";
import { chooseInForm, drafts } from "../../state/bookingForm";
import { loadTherapist } from "../../state/directory";
import { discardUnsent, orderedProvider, type Submission, submission } from "../../state/submit";
import type { FieldProblem, Loadable, Problem, Therapist } from "../../state/types";
import { type ChatWindow, closeWindow, goTo } from "../../state/windows";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { LoadFailure } from "../status/LoadFailure";
import { notify } from "../status/notices";
import { ChatStep } from "./ChatStep";
import { ClosedStep } from "./ClosedStep";
import { FormStep } from "./FormStep";
import { KeptStep } from "./KeptStep";
import { carryFrom } from "./prepare";
import { QuestionStep } from "./QuestionStep";
import { ReviewStep } from "./ReviewStep";
import { SendingStep } from "./SendingStep";

interface WindowStepsProps {
	window: ChatWindow;
	provider: Loadable<Therapist>;
}

/** What the window shows at its step. */
export function WindowSteps({ window, provider }: WindowStepsProps) {
	switch (window.step) {
		case "chat":
			return <ChatStep window={window} />;
		case "closed":
			return <ClosedStep window={window} />;
		case "opening":
			return <Opening failure={window.delay} />;
	}
	const therapist = provider.value;
	const state = submission(window.therapistId);
	if (state.phase === "sending") return <SendingStep {...state} />;
	if (state.phase === "kept" && window.step === "waiting") {
		return (
			<KeptStep
				kept={state}
				provider={orderedProvider(window.therapistId) ?? therapist}
				onEdit={therapist && (() => goTo(window.id, "form"))}
			/>
		);
	}
	if (therapist) return <Ordering window={window} therapist={therapist} />;
	if (provider.status === "error" || provider.status === "offline") {
		return (
			<div class="window-scroll">
				<LoadFailure failure={provider} onRetry={() => void loadTherapist(window.therapistId)} />
			</div>
		);
	}
	return <Opening failure={null} />;
}

/** From the form to the answer of the server. */
function Ordering({ window, therapist }: { window: ChatWindow; therapist: Therapist }) {
	const { id, step } = window;
	const state = submission(therapist.id);
	const goOn = (next: "form" | "review") => {
		discardUnsent(therapist.id);
		goTo(id, next);
	};
	const send = async (price: number) => {
		const result = await drafts.confirmBooking(therapist.id, price);
		if (result.outcome === "booked") {
			notifySent(therapist.displayName, result.attempts, result.duration);
		}
		if (result.outcome === "kept") {
			notify({ text: t(result.isKept ? "waiting.toast" : "waiting.toastUnsaved"), icon: "saved" });
		}
		if (result.outcome === "invalid") goTo(id, "form");
	};
	if (state.phase === "asking") {
		const refused = state.problem?.errors ?? [];
		// Where the form has no field to mend, a sentence says what is wrong.
		if (!refused.some(({ field }) => isFieldName(field))) {
			return (
				<Asking
					windowId={id}
					therapist={therapist}
					question={state}
					onSend={send}
					onEdit={() => goOn("form")}
				/>
			);
		}
		return (
			<FormStep
				therapist={therapist}
				refused={refused}
				problem={state.problem}
				onReview={() => goOn("review")}
				onGone={() => closeWindow(id)}
			/>
		);
	}
	if (step === "review") {
		return (
			<ReviewStep
				therapist={therapist}
				onEdit={() => goTo(id, "form")}
				onSend={(price) => void send(price)}
			/>
		);
	}
	return (
		<FormStep
			therapist={therapist}
			refused={NONE}
			onReview={() => goTo(id, "review")}
			onGone={() => closeWindow(id)}
		/>
	);
}

const NONE: readonly FieldProblem[] = [];

interface AskingProps {
	windowId: string;
	therapist: Therapist;
	question: Extract<Submission, { phase: "asking" }>;
	onSend: (price: number) => Promise<void>;
	onEdit: () => void;
}

function Asking({ windowId, therapist, question, onSend, onEdit }: AskingProps) {
	const { route } = useLocation();
	const { id } = therapist;
	const edit = () => {
		// What was refused may be about a price or a service that changed meanwhile.
		void loadTherapist(id);
		onEdit();
	};
	const changeTime = () => {
		chooseInForm(id, { when: null, scheduledTime: null });
		edit();
	};
	const goToOthers = () => {
		carryFrom(id);
		discardUnsent(id);
		closeWindow(windowId);
		route("/");
	};
	return (
		<QuestionStep
			therapist={therapist}
			problem={question.problem}
			priceBefore={question.order.expectedPrice ?? null}
			onBookFor={(price) => void onSend(price)}
			onChangeTime={changeTime}
			onOther={goToOthers}
			onEdit={edit}
		/>
	);
}

/** Only where it took more than one attempt: otherwise the window itself says that it was sent. */
function notifySent(name: string, attempts: number, duration: number): void {
	if (attempts === 1) return;
	const counted = t("sent.attempts", { attempts, seconds: Math.round(duration / 1000) });
	notify({ text: `${t("sent.toast", { name })}. ${counted}.`, icon: "send" });
}

function Opening({ failure }: { failure: Problem | null }) {
	return (
		<div class="window-scroll">
			{failure ? (
				<LoadFailure failure={{ status: "offline", error: failure }} />
			) : (
				<Loading label={t("app.loading")}>
					<div class="stack">
						<Skeleton height="5rem" />
						<Skeleton width="60%" height="2.5rem" />
						<Skeleton width="45%" height="2.5rem" />
					</div>
				</Loading>
			)}
		</div>
	);
}
