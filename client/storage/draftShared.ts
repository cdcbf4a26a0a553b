/** What a draft keeps about its other copies: the one on the server, and those in other tabs and on other devices. */
import { count, isFields, stamp } from "./decode";
import { type BookingFields, DRAFT_FIELDS, type DraftField, fieldsFrom } from "./draftFields";

/** The draft as it was when the server and this device last had the same. */
export interface ServerBase {
	/** The server's version of it, from 1. */
	version: number;
	fields: BookingFields;
}

/**
 * Something that was changed on two sides. The draft holds this side's value; `theirs` is the other one's. `field`
 * names it; where two fields are one choice, `theirs` has both.
 */
export interface Ask {
	field: DraftField;
	theirs: Partial<BookingFields>;
	/** When it was noticed, device time (ms). */
	since: number;
}

export function baseFrom(stored: unknown): ServerBase | null {
	if (!isFields(stored) || !isFields(stored.fields)) return null;
	const version = count(stored.version);
	return version > 0 ? { version, fields: fieldsFrom(stored.fields) } : null;
}

/** The questions that can be read, at most one for each field. */
export function asksFrom(stored: unknown): readonly Ask[] {
	const found = new Map<DraftField, Ask>();
	for (const ask of Array.isArray(stored) ? stored : []) {
		const field = isFields(ask) ? DRAFT_FIELDS.find((name) => name === ask.field) : undefined;
		if (!field || !isFields(ask.theirs)) continue;
		found.set(field, { field, theirs: partFrom(ask.theirs), since: stamp(ask.since) ?? 0 });
	}
	return [...found.values()];
}

function partFrom(stored: Record<string, unknown>): Partial<BookingFields> {
	const whole = fieldsFrom(stored);
	const named = DRAFT_FIELDS.filter((name) => Object.hasOwn(stored, name));
	return Object.fromEntries(named.map((name) => [name, whole[name]]));
}
