/** The open drafts in memory and on the device: reading, changing, saving, and taking in what another tab saved. */
import { type BookingFields, emptyFields, isFilledIn } from "./draftFields";
import {
	emptyContent,
	openDraftFile,
	removeDraft,
	type StoredDraft,
	writeDraft,
} from "./draftFile";
import { baseAfter, isSameDraft, mergeDrafts, pick, unitOf } from "./draftMerge";
import { changedIn, type Draft, type DraftChange, type DraftParts } from "./draftParts";
import type { Ask, ServerBase } from "./draftShared";
import type { Owner } from "./owner";

/** R25, in milliseconds: after the last key, and at the latest after the first one. */
export const SAVE_AFTER_TYPING = 1_000;
export const SAVE_ANYWAY_AFTER = 30_000;
/** A field counts as being typed in for so long after its last key, while the person has not left it. */
const TYPING_LASTS = 60_000;

export const emptyDraft: Draft = {
	...emptyContent,
	version: 0,
	savedAt: null,
	isUnsaved: false,
	isKept: true,
	isFound: false,
	damage: null,
};

interface Open {
	draft: Draft;
	/** What this page and the device last had in common. */
	known: StoredDraft | null;
	cancelSave: (() => void) | null;
	cancelAnyway: (() => void) | null;
	/** What was filled in before it was known whose device this is. */
	early: DraftChange;
	/** The field that is being typed in, and since when (device time, ms). */
	typing: { field: string; at: number } | null;
}

type Sent = readonly BookingFields[];

export type DraftKeeper = ReturnType<typeof createDraftKeeper>;

export function createDraftKeeper(
	{ clock, owner, holdOrder }: Pick<DraftParts, "clock" | "owner" | "holdOrder">,
	tell: (therapistId: string) => void,
) {
	const all = new Map<string, Open>();
	let openFor: Owner | null = owner();

	const opened = (therapistId: string): Open => {
		const known = all.get(therapistId);
		if (known) return known;
		const made: Open = {
			...restored(therapistId, openFor),
			cancelSave: null,
			cancelAnyway: null,
			early: {},
			typing: null,
		};
		all.set(therapistId, made);
		return made;
	};

	const show = (therapistId: string, entry: Open, change: Partial<Draft>) => {
		entry.draft = { ...entry.draft, ...change };
		tell(therapistId);
	};

	const stopTimers = (entry: Open) => {
		entry.cancelSave?.();
		entry.cancelAnyway?.();
		entry.cancelSave = null;
		entry.cancelAnyway = null;
	};

	const saveLater = (therapistId: string, entry: Open) => {
		entry.cancelSave?.();
		entry.cancelSave = clock.after(SAVE_AFTER_TYPING, () => save(therapistId));
		entry.cancelAnyway ??= clock.after(SAVE_ANYWAY_AFTER, () => save(therapistId));
	};

	const change = (therapistId: string, fields: DraftChange): Open => {
		const entry = opened(therapistId);
		const field = changedIn(fields).at(-1);
		if (field) entry.typing = { field, at: clock.now() };
		if (openFor === null) entry.early = { ...entry.early, ...fields };
		show(therapistId, entry, {
			fields: { ...entry.draft.fields, ...fields },
			bookingId: null,
			isUnsaved: true,
		});
		holdOrder(therapistId);
		return entry;
	};

	/** The fields that a change from elsewhere must not touch. */
	const held = ({ typing }: Open) => {
		const age = typing ? clock.now() - typing.at : TYPING_LASTS;
		const isTyping = typing !== null && age >= 0 && age < TYPING_LASTS;
		return new Set(changedIn(isTyping ? { [typing.field]: "" } : {}));
	};

	/** Brings in what came from elsewhere, over `base`, which both sides had. */
	const mergeInto = (entry: Open, base: DraftChange, theirs: DraftChange): Partial<Draft> => {
		const from = { ...emptyFields, ...base };
		const to = { ...emptyFields, ...theirs };
		const { fields, asks } = mergeDrafts(from, entry.draft.fields, to, held(entry));
		const since = clock.now();
		return {
			fields,
			asks: withAsks(
				entry.draft.asks,
				asks.map((ask) => ({ ...ask, since })),
			),
		};
	};

	const save = (therapistId: string, whose: Owner | null = owner()): boolean => {
		const entry = opened(therapistId);
		stopTimers(entry);
		if (whose === null) return false;
		const found = openDraftFile(therapistId, whose);
		const stored = found.draft;
		// Another tab may have saved meanwhile, whether or not this one has heard of it.
		if (stored && entry.known && stored.version !== entry.known.version) {
			entry.draft = { ...entry.draft, ...mergeInto(entry, entry.known.fields, stored.fields) };
		}
		const { fields, bookingId, duration, scroll, asks } = entry.draft;
		const base = newerBase(entry.draft.base, stored?.base ?? null);
		const next = { ...emptyContent, ...stored, fields, bookingId, duration, scroll, asks, base };
		const now = clock.now();
		const { draft, isKept } = writeDraft(therapistId, whose, next, now, found);
		entry.known = draft;
		if (!isKept) entry.cancelAnyway = clock.after(SAVE_ANYWAY_AFTER, () => save(therapistId));
		const saved = { base, version: draft.version, savedAt: now, isUnsaved: false, isKept };
		show(therapistId, entry, saved);
		return isKept;
	};

	/** Takes in what lies on the device now, which another tab or another part of this page has written. */
	const refresh = (therapistId: string) => {
		const entry = all.get(therapistId);
		if (!entry || openFor === null) return;
		const stored = openDraftFile(therapistId, openFor).draft;
		if (!stored) {
			// Cleared elsewhere; what is being typed here and was not saved yet is not.
			if (!entry.draft.isUnsaved) forget(therapistId, entry);
			return;
		}
		if (stored.version === entry.known?.version) return;
		settle(entry, stored);
		const merged = mergeInto(entry, entry.known?.fields ?? emptyFields, stored.fields);
		const { version, duration, base } = stored;
		entry.known = stored;
		show(therapistId, entry, {
			...merged,
			asks: withAsks(merged.asks ?? [], openAsks(stored.asks, merged.fields ?? emptyFields)),
			base: newerBase(entry.draft.base, base),
			version,
			savedAt: stored.lastModified,
			...(!entry.draft.isUnsaved && { bookingId: stored.bookingId, duration }),
		});
	};

	/** A question that the device knew and knows no more was answered elsewhere: the answer is what is stored. */
	const settle = (entry: Open, stored: StoredDraft) => {
		const isOpen = (asks: readonly Ask[], field: string) => asks.some((ask) => ask.field === field);
		const answered = entry.draft.asks.filter(
			({ field }) => isOpen(entry.known?.asks ?? [], field) && !isOpen(stored.asks, field),
		);
		const units = answered.flatMap(({ field }) => unitOf(field));
		entry.draft = {
			...entry.draft,
			fields: { ...entry.draft.fields, ...pick(units, stored.fields) },
			asks: entry.draft.asks.filter((ask) => !answered.includes(ask)),
		};
	};

	const isClearedElsewhere = (therapistId: string, { draft, known }: Open): boolean =>
		known !== null &&
		!draft.isUnsaved &&
		openFor !== null &&
		openDraftFile(therapistId, openFor).draft === null;

	const forget = (therapistId: string, entry: Open) => {
		stopTimers(entry);
		entry.known = null;
		entry.typing = null;
		show(therapistId, entry, emptyDraft);
	};

	const clear = (therapistId: string) => {
		forget(therapistId, opened(therapistId));
		if (openFor !== null) removeDraft(therapistId, openFor);
	};

	/** The server lets go of a draft that became a booking; here its details and its key are still needed. */
	const isOrdered = (therapistId: string, { draft }: Open) =>
		draft.bookingId !== null ||
		(openFor !== null && openDraftFile(therapistId, openFor).draft?.attempt != null);

	/** Another person at the device: what the first one filled in leaves the screen, and stays stored under its owner. */
	const changeOwner = (next: Owner | null) => {
		if (next === openFor) return;
		for (const [therapistId, entry] of all) if (entry.cancelSave) save(therapistId, openFor);
		openFor = next;
		for (const [therapistId, entry] of all) {
			stopTimers(entry);
			const { early } = entry;
			Object.assign(entry, restored(therapistId, next), { early: {}, typing: null });
			tell(therapistId);
			if (changedIn(early).length === 0) continue;
			change(therapistId, early);
			save(therapistId);
		}
	};

	return {
		opened: (therapistId: string): Draft => opened(therapistId).draft,
		openIds: () => [...all.keys()],
		change,
		changeOwner,
		refresh,
		save,
		saveLater: (therapistId: string) => saveLater(therapistId, opened(therapistId)),
		/** Writes what is due now. */
		saveDue() {
			for (const [therapistId, { cancelSave }] of all) if (cancelSave) save(therapistId);
		},
		/** Changes what is no detail of the booking. */
		note(therapistId: string, note: Partial<Omit<Draft, "fields">>) {
			show(therapistId, opened(therapistId), note);
		},
		/** Shows what is known already; it is saved with the first word of the person's own. */
		prefill(therapistId: string, fields: DraftChange) {
			const entry = opened(therapistId);
			show(therapistId, entry, { fields: { ...entry.draft.fields, ...fields } });
		},
		/** The person has left the field: what comes for it from elsewhere may show. */
		leave(therapistId: string) {
			opened(therapistId).typing = null;
		},
		clear,
		/** What was lost is on the device again: it is shown as what is found there at a start. */
		recovered(therapistId: string) {
			const entry = all.get(therapistId);
			if (!entry || entry.draft.isUnsaved) return refresh(therapistId);
			show(therapistId, Object.assign(entry, restored(therapistId, openFor)), {});
		},
		/** The server has this version of what the device has too. */
		setBase(therapistId: string, base: ServerBase) {
			const entry = opened(therapistId);
			const { isUnsaved } = entry.draft;
			// The answer may come before the news that another tab has cleared it.
			if (isClearedElsewhere(therapistId, entry)) return forget(therapistId, entry);
			show(therapistId, entry, { base });
			// What was typed meanwhile is saved in its own time.
			if (!isUnsaved) save(therapistId);
		},
		/** The server has `theirs` in `version`; `null` = it was removed there. `sent` = what may have arrived of mine. */
		adopt(therapistId: string, version: number, theirs: DraftChange | null, sent: Sent = []) {
			const entry = opened(therapistId);
			if (isClearedElsewhere(therapistId, entry)) forget(therapistId, entry);
			const known = entry.draft.base?.fields ?? emptyFields;
			const base = theirs ? baseAfter(known, sent, { ...emptyFields, ...theirs }) : known;
			const isUntouched = isSameDraft(base, entry.draft.fields);
			const next: ServerBase = { version, fields: { ...emptyFields, ...theirs } };
			if (theirs === null && isUntouched && !isOrdered(therapistId, entry)) {
				if (isFilledIn(entry.draft.fields)) clear(therapistId);
				return show(therapistId, entry, { base: next });
			}
			const merged = theirs === null ? {} : mergeInto(entry, base, theirs);
			show(therapistId, entry, { ...merged, base: next });
			save(therapistId);
		},
	};
}

function restored(therapistId: string, whose: Owner | null): Pick<Open, "draft" | "known"> {
	if (whose === null) return { draft: emptyDraft, known: null };
	const { draft: stored, source } = openDraftFile(therapistId, whose);
	const isDamaged = source === "backup" || source === "pieces" || source === "lost";
	const damage = isDamaged ? source : null;
	if (!stored) return { draft: { ...emptyDraft, damage }, known: null };
	const { attempt, lastModified: savedAt, ...content } = stored;
	const isFound = stored.bookingId === null && !attempt?.isWaiting && isFilledIn(stored.fields);
	const draft: Draft = { ...emptyDraft, ...content, savedAt, isFound, damage };
	return { draft, known: stored };
}

/** Of each field the newest question. */
function withAsks(before: readonly Ask[], more: readonly Ask[]): readonly Ask[] {
	if (more.length === 0) return before;
	const asks = new Map([...before, ...more].map((ask) => [ask.field, ask]));
	return [...asks.values()];
}

/** A question whose other value is what the draft says by now is answered. */
const openAsks = (asks: readonly Ask[], fields: Draft["fields"]) =>
	asks.filter(({ theirs }) => !isSameDraft(fields, { ...fields, ...theirs }));

const newerBase = (one: ServerBase | null, other: ServerBase | null) =>
	(other?.version ?? 0) > (one?.version ?? 0) ? other : one;
