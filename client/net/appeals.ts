/** Asking the operator to look again at a text that the contact filter refuses. */
import type { Http } from "./http";
import type { Result } from "./problem";
import type { AppealAnswer, AppealRequest, OwnAppeals } from "./types";

/** Asks; asking again about the same text gives how it stands. Codes: `validation`, `too_many_requests`. */
export function postAppeal(http: Http, body: AppealRequest): Promise<Result<AppealAnswer>> {
	return http<AppealAnswer>({ method: "POST", path: "/api/appeals", body, expects: ["status"] });
}

/** How the person's own latest appeals stand, without those whose pass is used. */
export function getAppeals(http: Http): Promise<Result<OwnAppeals>> {
	return http<OwnAppeals>({ method: "GET", path: "/api/appeals", expects: ["items"] });
}
