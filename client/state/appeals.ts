/** R17: "I think this is wrong": asking the operator about a refused text, and what became of it. */
import { effect, signal } from "@preact/signals";
import { getAppeals, postAppeal } from "../net/appeals";
import type { Result } from "../net/problem";
import type { AppealAnswer, AppealRequest } from "../net/types";
import { type Appeal, readAppeals, writeAppeals } from "../storage/appeals";
import { appealsKey } from "../storage/keys";
import type { Facts } from "../sync/facts";
import { http, timing } from "./engine";
import { facts } from "./facts";
import { cleaned } from "./freeText";
import { ensureGuest } from "./guest";
import { snapshots } from "./live";
import { owner, user } from "./session";

export type { Appeal } from "../storage/appeals";

/** What a text is, and where it is to be read. */
export type Appealed = AppealRequest;

const ALLOWED = "message_allowed";
const REJECTED = "appeal_rejected";
const JUDGEMENTS: ReadonlySet<string> = new Set([ALLOWED, REJECTED]);

/** Whether a notice tells how the operator judged a text. */
export const isJudgement = (type: string): boolean => JUDGEMENTS.has(type);

const held = signal<readonly Appeal[]>([]);

const isSame = (one: Appealed, other: Appealed): boolean =>
	one.kind === other.kind &&
	one.conversationId === other.conversationId &&
	one.text === cleaned(other.text);

/** What became of asking about this very text; null when nobody asked. Follows where it is read in a component. */
export function appealOf(appealed: Appealed): Appeal | null {
	return held.value.find((appeal) => isSame(appeal, appealed)) ?? null;
}

/**
 * Asks the operator to look at a text, or how it stands with one that was asked about. Where nobody is known yet a
 * guest called `guestName` is made, who can be told of the answer. Without an answer (`unreachable`) nothing is kept.
 */
export async function appeal(
	appealed: Appealed,
	guestName: string,
): Promise<Result<AppealAnswer["status"]>> {
	if (!user.peek()) {
		const guest = await ensureGuest(guestName);
		if (!guest.ok) return guest;
	}
	const whose = owner.peek();
	const text = cleaned(appealed.text);
	const answer = await postAppeal(http, { ...appealed, text });
	if (!answer.ok) return answer;
	const { id, status } = answer.value;
	if (owner.peek() === whose) keep({ ...appealed, id, text, status, at: timing.now() });
	return { ok: true, value: status };
}

/**
 * The server has answered to a text: a permission for it is used up when it was taken, and worth nothing when it was
 * refused all the same. Any other answer leaves it.
 */
export function answeredTo(appealed: Appealed, result: Result<unknown>): void {
	if (result.ok || result.error.code === "contact_blocked") spendPermission(appealed);
}

/**
 * The server has refused a text that was let pass. It names every text of a form that its filter refuses, and uses no
 * permission unless all have one: what it still holds is asked.
 */
export function refusedAllTheSame(appealed: Appealed): void {
	const known = held.peek().find((appeal) => isSame(appeal, appealed));
	if (known?.status !== "allowed") return;
	if (known.id === null) spendPermission(appealed);
	else void askHowTheyStand();
}

/** The permission is used up: the text was sent, or the server knows better. An open appeal stays. */
export function spendPermission(appealed: Appealed): void {
	const rest = held
		.peek()
		.filter((appeal) => appeal.status !== "allowed" || !isSame(appeal, appealed));
	if (rest.length < held.peek().length) write(rest);
}

function keep(next: Appeal): void {
	write([...held.peek().filter((appeal) => !isSame(appeal, next)), next]);
}

function write(appeals: readonly Appeal[]): void {
	held.value = appeals;
	const whose = owner.peek();
	if (whose !== null) writeAppeals(whose, appeals);
}

const read = () => {
	const whose = owner.peek();
	held.value = whose === null ? [] : readAppeals(whose);
};

/** What the notices say of the appeals held here; one about another text, or one that is used up, changes nothing. */
function judged(appeals: readonly Appeal[], notices: Facts["notifications"]): readonly Appeal[] {
	const said = new Map<string, string>();
	for (const { type, appealId } of notices.values())
		if (appealId && JUDGEMENTS.has(type)) said.set(appealId, type);
	const next = appeals.map((appeal) => {
		const type = said.get(appeal.id ?? "");
		if (type === ALLOWED && appeal.status !== "allowed") return withStatus(appeal, "allowed");
		return type === REJECTED && appeal.status === "open" ? withStatus(appeal, "rejected") : appeal;
	});
	return next.some((appeal, at) => appeal !== appeals[at]) ? next : appeals;
}

const withStatus = (appeal: Appeal, status: Appeal["status"]): Appeal => ({ ...appeal, status });

/** What was judged while another device took the notice away, and what was used there. */
export async function askHowTheyStand(): Promise<void> {
	const whose = owner.peek();
	const asked = new Set(
		held.peek().filter(({ id, status }) => id !== null && status !== "rejected"),
	);
	if (asked.size === 0) return;
	const answer = await getAppeals(http);
	if (!answer.ok || owner.peek() !== whose) return;
	const told = new Map(answer.value.items.map(({ id, status }) => [id, status]));
	write(
		held.peek().flatMap((appeal) => {
			if (!asked.has(appeal)) return [appeal];
			const status = told.get(appeal.id ?? "");
			return status ? [withStatus(appeal, status)] : [];
		}),
	);
}

owner.subscribe(read);
addEventListener("storage", ({ key }) => {
	const whose = owner.peek();
	// Another tab asked, or heard.
	if (whose !== null && (key === null || key === appealsKey(whose))) read();
});
// The notice may come before the answer to the asking, so both are looked at again when either changes.
effect(() => {
	const next = judged(held.value, facts.value.notifications);
	if (next !== held.peek()) write(next);
});
snapshots.subscribe(({ state }) => {
	if (state === "ready") void askHowTheyStand();
});
