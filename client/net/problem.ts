/** Why something was not done: the server's problem+json, or our own words when no such answer came. */

export interface FieldProblem {
	field: string;
	code: string;
	message: string;
}

export interface Problem {
	/** The server's code, or `unreachable` (no answer of ours came) or `server_error` (it answered with a fault). */
	code: string;
	/** HTTP status; 0 when nothing answered. */
	status: number;
	/** A sentence for a person, in the server's language; empty when the server did not speak. */
	detail: string;
	errors: readonly FieldProblem[];
	/** How long to stay away, in milliseconds, when the answer named a time. */
	retryAfter: number | null;
	/** The reason code of `contact_blocked` and `chat_closed`. */
	reason: string | null;
	/** Which characters `contact_blocked` is about, as [start, end) pairs. */
	spans: readonly (readonly [number, number])[];
	/** The current state that a 409 shows; what it is depends on `code`. */
	current: unknown;
	requestId: string | null;
}

export type Result<Value, Failure = Problem> =
	/** `asOf`: the worker kept it since then (ms), because the server could not be reached. */
	{ ok: true; value: Value; asOf?: number } | { ok: false; error: Failure };

export const done = <Value>(value: Value, asOf?: number): Result<Value, never> =>
	asOf === undefined ? { ok: true, value } : { ok: true, value, asOf };
export const failed = <Failure>(error: Failure): Result<never, Failure> => ({ ok: false, error });

/** A problem with `code`; what is not given is empty. */
export function problem(code: string, status = 0, more: Partial<Problem> = {}): Problem {
	return {
		code,
		status,
		detail: "",
		errors: [],
		retryAfter: null,
		reason: null,
		spans: [],
		current: null,
		requestId: null,
		...more,
	};
}

const PASSING = new Set([401, 408, 425, 429]);

/**
 * Whether the server has decided: it took no action and the same request will be refused again.
 * Anything else (no answer, a proxy's page, overload, a lost session) may be asked again with the same key.
 */
export function isFinal(refusal: Problem): boolean {
	const decided = refusal.code !== "unreachable" && refusal.code !== "server_error";
	return decided && refusal.status >= 400 && refusal.status < 500 && !PASSING.has(refusal.status);
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null => text(value) || null;

/**
 * The Problem in an `application/problem+json` body, or in what was stored of one; null when it is neither.
 * `wait` is how long to stay away, in milliseconds.
 */
export function readProblem(body: unknown, status: number, wait: number | null): Problem | null {
	if (!isFields(body) || typeof body.code !== "string") return null;
	return problem(body.code, status, {
		detail: text(body.detail) || text(body.title),
		errors: Array.isArray(body.errors) ? body.errors.filter(isFields).map(fieldProblem) : [],
		retryAfter: wait,
		reason: textOrNull(body.reason),
		spans: Array.isArray(body.spans) ? body.spans.filter(isSpan) : [],
		current: body.current ?? null,
		requestId: textOrNull(body.requestId),
	});
}

function fieldProblem(error: Fields): FieldProblem {
	return { field: text(error.field), code: text(error.code), message: text(error.message) };
}

function isSpan(span: unknown): span is [number, number] {
	return Array.isArray(span) && span.length === 2 && span.every(Number.isInteger);
}
