import { locale, type TextKey, t } from "../../i18n";
import type { Problem } from "../../state/types";
import { appName } from "../shell/boot";

const SENTENCES: Record<string, TextKey> = {
	unreachable: "problem.unreachable",
	unanswered: "problem.unanswered",
	ordered_as_guest: "question.guestText",
	server_error: "problem.unreachable",
	appeal_judged: "operator.judgedMeanwhile",
	booking_state: "booking.changedMeanwhile",
	wrong_credentials: "account.wrong",
	email_taken: "error.taken",
	already_registered: "register.already",
	recovery_code_wrong: "recover.wrong",
	too_many_requests: "problem.tooMany",
	busy: "problem.busy",
	sign_in_required: "problem.signedOut",
	signed_out: "problem.signedOut",
	chat_closed: "chat.closed",
	no_bank_account: "pay.sendNone",
	slot_taken: "question.slot",
};

/** A refusal or a failure as one sentence: what happened, what is safe, what to do. */
export function problemText({ code, detail }: Problem): string {
	const key = SENTENCES[code];
	if (key) return t(key, { app: appName });
	// The server writes its sentences in English.
	return (locale.value === "en" && detail) || t("problem.unknown");
}
