/** Asking the operator to look again at a text that the contact filter refuses. */
import type { Http } from "./http";
import type { Result } from "./problem";

export type AppealKind =
	| "message"
	| "customerName"
	| "location"
	| "note"
	| "reason"
	| "displayName";

export interface AppealRequest {
	kind: AppealKind;
	text: string;
	/** The conversation that the text is for; null where there is none yet. */
	conversationId: string | null;
}

/** `allowed`: it would pass as it is, or the operator has let it pass already; there is nothing to wait for. */
export interface AppealAnswer {
	id: string | null;
	status: "open" | "allowed";
}

/** Asks; asking again about the same text gives how it stands. Codes: `validation`, `too_many_requests`. */
export function postAppeal(http: Http, body: AppealRequest): Promise<Result<AppealAnswer>> {
	return http<AppealAnswer>({ method: "POST", path: "/api/appeals", body, expects: ["status"] });
}
