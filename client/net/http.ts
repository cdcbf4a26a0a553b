import { done, failed, type Problem, problem, type Result, readProblem } from "./problem";
import type { ServerClock } from "./serverClock";
import type { Log, Timing } from "./timing";

export const REQUEST_TIMEOUT = 10_000;
const DATE_GRAIN = 1_000;
/** On an answer that the worker kept: when the server gave it, ISO-8601. */
export const KEPT_SINCE = "X-Kept-Since";
/** Milliseconds: no server of ours sends anybody away for longer, whatever a proxy says. */
const LONGEST_WAIT = 3_600_000;

/** Milliseconds from the page's beginning in which an answer may be to what the page asked before its script ran. */
const PRELOADS = 30_000;

export interface Ask {
	method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	path: string;
	query?: Record<string, string | number | boolean | null | undefined>;
	body?: unknown;
	idempotencyKey?: string;
	signal?: AbortSignal | undefined;
	/** Milliseconds until the answer must be complete. */
	timeout?: number;
	/** The browser sends it even when the page goes away meanwhile. */
	keepalive?: boolean;
	/** What the worker kept of an earlier answer will do; never for what the stream goes on from. */
	takesKept?: boolean;
	/** Names the answer must have; without them it did not come from our server. */
	expects?: readonly string[];
}

/** One request. Never throws: whatever is not the expected answer is a Problem. */
export type Http = <Value>(ask: Ask) => Promise<Result<Value>>;

export interface HttpParts {
	fetch: typeof fetch;
	/**
	 * Whose id a request that changes something is made for. With the session of somebody else, which another tab may
	 * have begun a moment ago, the server refuses it as without one.
	 */
	person(): string | null;
	timing: Timing;
	serverClock: ServerClock;
	log: Log;
}

export function createHttp(parts: HttpParts): Http {
	return async <Value>(ask: Ask): Promise<Result<Value>> => {
		const startedAt = parts.timing.elapsed();
		const result = await exchange<Value>(parts, ask);
		const took = `${Math.round(parts.timing.elapsed() - startedAt)} ms`;
		const outcome = result.ok ? "ok" : `${result.error.status} ${result.error.code}`;
		parts.log("http", `${ask.method} ${ask.path} ${outcome}, ${took}`);
		return result;
	};
}

async function exchange<Value>(parts: HttpParts, ask: Ask): Promise<Result<Value>> {
	const abort = new AbortController();
	const stop = () => abort.abort();
	const cancelTimer = parts.timing.after(ask.timeout ?? REQUEST_TIMEOUT, stop);
	if (ask.signal?.aborted) stop();
	ask.signal?.addEventListener("abort", stop, { once: true });
	// Raced, because a fetch that a worker or a browser extension holds may ignore its signal.
	const stopped = new Promise<Result<never>>((resolve) => {
		const giveUp = () => resolve(failed(problem("unreachable")));
		if (abort.signal.aborted) giveUp();
		else abort.signal.addEventListener("abort", giveUp, { once: true });
	});
	try {
		return await Promise.race([fetchAnswer<Value>(parts, ask, abort.signal), stopped]);
	} finally {
		cancelTimer();
		ask.signal?.removeEventListener("abort", stop);
	}
}

async function fetchAnswer<Value>(
	parts: HttpParts,
	ask: Ask,
	signal: AbortSignal,
): Promise<Result<Value>> {
	let askedAt = parts.timing.now();
	try {
		const response = await parts.fetch(address(ask), { ...init(parts, ask), signal });
		if (parts.timing.elapsed() < PRELOADS) askedAt -= headStart(address(ask), askedAt);
		const kept = response.headers.get(KEPT_SINCE);
		if (kept !== null && !ask.takesKept) return failed(problem("unreachable"));
		const date = Date.parse(response.headers.get("Date") ?? "");
		// A kept answer tells the time at which it was given.
		if (kept === null) parts.serverClock.observe(date, DATE_GRAIN, askedAt, parts.timing.now());
		const body = await readJson(response);
		if (!response.ok) return failed(refusal(response, body));
		return isExpected(body, response, ask)
			? done(body as Value, kept === null ? undefined : Date.parse(kept) || 0)
			: failed(problem("unreachable", response.status));
	} catch {
		return failed(problem("unreachable"));
	}
}

/** How much earlier than `askedAt` (both ms) the page itself had asked for what has just been answered; 0 if it had not. */
export function headStart(path: string, askedAt: number): number {
	const loads = performance.getEntriesByType?.("resource") ?? [];
	const first = loads.find(({ name }) => name.endsWith(path));
	return first ? Math.max(0, askedAt - performance.timeOrigin - first.startTime) : 0;
}

function address({ path, query = {} }: Ask): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
	}
	return search.size ? `${path}?${search}` : path;
}

function init(parts: HttpParts, ask: Ask): RequestInit {
	const headers: Record<string, string> = { Accept: "application/json" };
	if (ask.body !== undefined) headers["Content-Type"] = "application/json";
	if (ask.idempotencyKey) headers["Idempotency-Key"] = ask.idempotencyKey;
	const person = parts.person();
	if (person !== null && ask.method !== "GET") headers["X-Person"] = person;
	const body = ask.body === undefined ? null : JSON.stringify(ask.body);
	const { method, keepalive = false } = ask;
	return { method, headers, body, keepalive, cache: "no-store", credentials: "same-origin" };
}

async function readJson(response: Response): Promise<unknown> {
	if (!/\bjson\b/.test(response.headers.get("Content-Type") ?? "")) return undefined;
	return response.json();
}

/** A captive portal answers 200 with its own page; that must not be taken for the server's word. */
function isExpected(body: unknown, response: Response, { expects = [] }: Ask): boolean {
	if (expects.length === 0) return response.status === 204 || body !== undefined;
	return typeof body === "object" && body !== null && expects.every((name) => name in body);
}

function refusal(response: Response, body: unknown): Problem {
	const wait = retryAfter(response.headers.get("Retry-After"));
	const read = readProblem(body, response.status, wait);
	if (read) return read;
	const gateway = response.status === 502 || response.status === 504 || response.status < 500;
	return problem(gateway ? "unreachable" : "server_error", response.status, { retryAfter: wait });
}

/** `Retry-After` in milliseconds, at most an hour; null when it is absent or not a number of seconds. */
function retryAfter(header: string | null): number | null {
	const seconds = header === null || header.trim() === "" ? Number.NaN : Number(header);
	return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_WAIT) : null;
}
