/**
 * Brings drafts and the server together (R29): what is valid goes there, what another device left there comes here,
 * and where both changed the merge of draftMerge.ts decides or asks. The device is primary: nothing here throws, and
 * no answer takes away what was typed.
 */
import { isFinal, type Problem } from "../net/problem";
import type { DraftFields } from "../net/types";
import { count, isFields } from "./decode";
import { type BookingFields, emptyFields, fieldsFrom, isFilledIn } from "./draftFields";
import { isSameDraft } from "./draftMerge";
import { forgetSent, forgetSentBefore, noteCleared, noteSent, readSent } from "./draftNotes";
import type { Draft, DraftNet, DraftParts } from "./draftParts";
import { createRemoval, isCleared } from "./draftRemoval";
import type { ServerBase } from "./draftShared";
import { NOBODY_YET, therapistsCleared } from "./keys";
import type { Owner } from "./owner";

/** Milliseconds without a change after which a draft goes to the server. */
export const SYNC_AFTER_IDLE = 4_000;
/** After a failure; sooner when the server can be reached again. */
const RETRY_AFTER = 30_000;
/** So often a draft is sent anew because another device was faster, before it waits for the next change. */
const MOST_ROUNDS = 3;
const SCHEMA = 2;

export interface SyncParts extends Pick<DraftParts, "clock" | "owner" | "check"> {
	net: DraftNet;
	drafts: {
		loadDraft(therapistId: string): Draft;
		adopt(
			therapistId: string,
			version: number,
			theirs: BookingFields | null,
			sent?: readonly BookingFields[],
		): void;
		setBase(therapistId: string, base: ServerBase): void;
	};
	/** Whether an order made of the draft is on its way: it is not for another device to send as well. */
	isOrdered(therapistId: string): boolean;
	/** The therapists whose drafts are being synchronised changed. */
	tell(syncing: ReadonlySet<string>): void;
}

export type DraftSync = ReturnType<typeof createDraftSync>;

export function createDraftSync(parts: SyncParts) {
	const { clock, owner, check, net, drafts, tell } = parts;
	const timers = new Map<string, () => void>();
	const running = new Set<string>();
	const again = new Set<string>();
	/** What the server refused for good: it is not sent again before it is changed. */
	const refused = new Map<string, BookingFields>();

	const person = (): Owner | null => {
		const whose = owner();
		return whose === null || whose === NOBODY_YET ? null : whose;
	};

	/** One at a time for each therapist; what is asked for meanwhile comes after. */
	const run = async (therapistId: string, act: (whose: Owner) => Promise<void>) => {
		const whose = person();
		if (whose === null) return;
		if (running.has(therapistId)) return void again.add(therapistId);
		running.add(therapistId);
		tell(new Set(running));
		await act(whose);
		running.delete(therapistId);
		tell(new Set(running));
		if (again.delete(therapistId)) void run(therapistId, (next) => exchange(therapistId, next));
	};

	const isReady = (therapistId: string): boolean => {
		const { fields, base, bookingId, asks } = drafts.loadDraft(therapistId);
		const isNews = base === null || !isSameDraft(base.fields, fields);
		const isOpen =
			bookingId === null &&
			asks.length === 0 &&
			isFilledIn(fields) &&
			!parts.isOrdered(therapistId);
		const isRefused = isSameDraft(refused.get(therapistId) ?? emptyFields, fields);
		return isNews && isOpen && !isRefused && check(therapistId, fields).length === 0;
	};

	const push = async (therapistId: string, whose: Owner) => {
		for (let round = 0; round < MOST_ROUNDS && isReady(therapistId); round++) {
			const { fields, base, savedAt } = drafts.loadDraft(therapistId);
			const sent = { base: base?.version ?? 0, fields };
			noteSent(therapistId, whose, sent);
			const wire = asSent(fields, savedAt ?? clock.now());
			const answer = await net.saveDraft(therapistId, sent.base, wire);
			if (person() !== whose) return;
			if (answer.ok || isFinal(answer.error)) forgetSent(therapistId, whose, sent);
			if (isCleared(therapistId, whose)) {
				if (answer.ok) noteCleared(therapistId, whose, answer.value.version);
				return void again.add(therapistId);
			}
			if (answer.ok) {
				forgetSentBefore(therapistId, whose, answer.value.version);
				drafts.setBase(therapistId, { version: answer.value.version, fields });
			} else if (!takeCurrent(therapistId, whose, answer.error)) {
				return fail(therapistId, answer.error, fields);
			}
		}
	};

	/** Whether the refusal told what the server has instead. */
	const takeCurrent = (therapistId: string, whose: Owner, { code, current }: Problem): boolean => {
		if (code !== "draft_changed" || !isFields(current)) return false;
		take(therapistId, whose, count(current.version), current.draft);
		return true;
	};

	const take = (therapistId: string, whose: Owner, version: number, draft: unknown) => {
		const known = drafts.loadDraft(therapistId).base?.version ?? 0;
		if (version <= known) return;
		const sent = readSent(therapistId, whose).map(({ fields }) => fields);
		forgetSentBefore(therapistId, whose, version);
		drafts.adopt(therapistId, version, isFields(draft) ? fieldsFrom(draft) : null, sent);
	};

	const fail = (therapistId: string, problem: Problem, fields: BookingFields) => {
		if (isFinal(problem)) refused.set(therapistId, fields);
		else later(therapistId, Math.max(RETRY_AFTER, problem.retryAfter ?? 0));
	};

	/** Whether it is known now what the server has. */
	const pull = async (therapistId: string, whose: Owner): Promise<boolean> => {
		const answer = await net.draft(therapistId);
		if (person() !== whose) return false;
		// What was cleared meanwhile does not come back.
		if (isCleared(therapistId, whose)) {
			again.add(therapistId);
			return false;
		}
		if (answer.ok) take(therapistId, whose, answer.value.version, answer.value.draft);
		return answer.ok;
	};

	const removeCleared = createRemoval({
		net,
		isHere: (whose) => person() === whose,
		removed: (therapistId, whose, version) => take(therapistId, whose, version, null),
	});

	/** First what was cleared goes, then what is there is taken in, then what is here is sent. */
	const exchange = async (therapistId: string, whose: Owner) => {
		if (!(await removeCleared(therapistId, whose))) return waitFor(therapistId);
		const isKnown = await pull(therapistId, whose);
		// What is sent on top of a save that may still arrive would be told of it as of another device's.
		if (isKnown || readSent(therapistId, whose).length === 0) await push(therapistId, whose);
		else waitFor(therapistId);
	};

	const waitFor = (therapistId: string): void => {
		if (isReady(therapistId)) later(therapistId, RETRY_AFTER);
	};

	const later = (therapistId: string, delay: number) => {
		timers.get(therapistId)?.();
		timers.set(
			therapistId,
			clock.after(delay, () => {
				timers.delete(therapistId);
				void run(therapistId, (whose) => {
					const isKnown =
						!isCleared(therapistId, whose) && readSent(therapistId, whose).length === 0;
					return (isKnown ? push : exchange)(therapistId, whose);
				});
			}),
		);
	};

	return {
		/** The draft was saved on the device; it goes to the server when it has come to rest. */
		saved: (therapistId: string) => isReady(therapistId) && later(therapistId, SYNC_AFTER_IDLE),
		/** The window was opened, or the server can be reached again: first what is there, then what is here. */
		exchange: (therapistId: string) => run(therapistId, (whose) => exchange(therapistId, whose)),
		/** Another device saved `version`. */
		async changed(therapistId: string, version: number) {
			if (version <= (drafts.loadDraft(therapistId).base?.version ?? 0)) return;
			await run(therapistId, async (whose) => {
				if (await removeCleared(therapistId, whose)) await pull(therapistId, whose);
			});
		},
		/** The person cleared the draft, and it was noted; it is removed at the server, now or later. */
		cleared(therapistId: string) {
			void run(therapistId, async (whose) => void (await removeCleared(therapistId, whose)));
		},
		/** Drafts that were cleared while nothing answered. */
		clearedIds: () => (person() === null ? [] : therapistsCleared(person() ?? NOBODY_YET)),
		/** Another person is here: nothing of the first one is sent any more. */
		stop() {
			for (const cancel of timers.values()) cancel();
			timers.clear();
			refused.clear();
			again.clear();
		},
	};
}

/** The draft as the server takes it: what was not filled in is null there. */
function asSent(fields: BookingFields, savedAt: number): DraftFields {
	const filled = Object.entries(fields).map(([name, value]) => [name, value === "" ? null : value]);
	return {
		...Object.fromEntries(filled),
		schema: SCHEMA,
		lastModified: new Date(savedAt).toISOString(),
	};
}
