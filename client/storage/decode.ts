/** Decoders for what is read back from the device: it may be damaged, cut short, or written by another version. */

export type Fields = Record<string, unknown>;

/** The furthest moment from 1970 that a Date can hold, in milliseconds; beyond it formatting throws. */
const FURTHEST = 8.64e15;

export const isFields = (value: unknown): value is Fields =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** The text, or an empty one. */
export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The text, or null where there is none. */
export const textOrNull = (value: unknown): string | null => text(value) || null;

/** The one of `choices` that it is, or null. */
export const oneOf = <Choice extends string>(value: unknown, choices: readonly Choice[]) =>
	choices.find((choice) => choice === value) ?? null;

/** A moment in milliseconds since the epoch, or null for what is none. */
export const stamp = (value: unknown): number | null =>
	typeof value === "number" && Math.abs(value) <= FURTHEST ? value : null;

/** A moment as ISO-8601, or null for what no Date can read. */
export const isoTime = (value: unknown): string | null =>
	typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null;

/** A count from 0, or 0. */
export const count = (value: unknown): number =>
	Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0;
