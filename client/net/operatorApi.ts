import type { Http } from "./http";
import type { Appeal, AuditEntry, Page, Refusal, RefusedPerson, Reveal, Shadow } from "./types";

export type Judgement = "allow" | "reject";

/** The operator's endpoints: apart from the others, because hardly anybody needs them. */
export function createOperatorApi(http: Http) {
	const page = <Item>(path: string, query: Record<string, string | null>) =>
		http<Page<Item>>({
			method: "GET",
			path: `/api/operator/${path}`,
			query,
			expects: ["items", "cursor"],
		});
	return {
		openAppeals: (cursor: string | null) => page<Appeal>("appeals", { status: "open", cursor }),
		people: (cursor: string | null) => page<RefusedPerson>("people-refused", { cursor }),
		refusalsOf: (user: string, cursor: string | null) =>
			page<Refusal>("refusals", { user, cursor }),
		trail: (cursor: string | null) => page<AuditEntry>("audit", { cursor }),
		reveals: (cursor: string | null) => page<Reveal>("card-reveals", { cursor }),
		shadow: () =>
			http<Shadow>({ method: "GET", path: "/api/operator/shadow", expects: ["newlyBlocked"] }),
		judge: (appealId: string, judgement: Judgement, reason: string) =>
			http<Appeal>({
				method: "POST",
				path: `/api/operator/appeals/${encodeURIComponent(appealId)}/${judgement}`,
				body: reason ? { reason } : {},
				expects: ["id", "status"],
			}),
	};
}
