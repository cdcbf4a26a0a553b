import { type FieldProblem, type Problem, problem } from "./problem";

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null => text(value) || null;

/** The Problem in an `application/problem+json` body, or null when the body is not one of ours. */
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

/** `Retry-After` in milliseconds; null when it is absent or not a number of seconds. */
export function retryAfter(header: string | null): number | null {
	const seconds = header === null || header.trim() === "" ? Number.NaN : Number(header);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function fieldProblem(error: Fields): FieldProblem {
	return { field: text(error.field), code: text(error.code), message: text(error.message) };
}

function isSpan(span: unknown): span is [number, number] {
	return Array.isArray(span) && span.length === 2 && span.every(Number.isInteger);
}
