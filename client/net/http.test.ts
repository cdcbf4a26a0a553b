import { beforeEach, describe, expect, it, vi } from "vitest";
import { createHttp, type Http } from "./http";
import { isFinal, problem } from "./problem";
import { createServerClock, type ServerClock } from "./serverClock";
import { deviceTiming } from "./timing";

let answer: (init: RequestInit) => Promise<Response>;
let clock: ServerClock;
let http: Http;
let speaker: string | null;
const fetching = vi.fn<typeof fetch>();

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
	new Response(JSON.stringify(body), {
		status,
		headers: { "Content-Type": "application/json", ...headers },
	});
const page = (status: number) =>
	new Response("<html>", { status, headers: { "Content-Type": "text/html" } });
const ask = () => http({ method: "GET", path: "/api/x", expects: ["items"] });

beforeEach(() => {
	vi.useFakeTimers();
	fetching.mockReset().mockImplementation((_path, init) => answer(init ?? {}));
	clock = createServerClock(Date.now);
	speaker = null;
	http = createHttp({
		fetch: fetching,
		person: () => speaker,
		timing: deviceTiming,
		serverClock: clock,
		log: () => {},
	});
});

describe("http: every outcome is a Result, nothing throws", () => {
	it("gives the answer, and asks past every cache", async () => {
		answer = async () => json({ items: [1] });
		expect(await ask()).toEqual({ ok: true, value: { items: [1] } });
		expect(fetching.mock.calls[0]?.[1]).toMatchObject({ cache: "no-store", method: "GET" });
	});

	it("says for whom it changes something, once that is known, and reads for whoever is signed in", async () => {
		answer = async () => json({ items: [] });
		const headers = () => fetching.mock.lastCall?.[1]?.headers;
		for (const method of ["POST", "PUT", "DELETE"] as const) {
			speaker = null;
			await http({ method, path: "/api/x", body: {} });
			expect(headers()).not.toHaveProperty("X-Person");
			speaker = "u-budi";
			await http({ method, path: "/api/x", body: {} });
			expect(headers()).toHaveProperty("X-Person", "u-budi");
		}
		await ask();
		expect(headers()).not.toHaveProperty("X-Person");
	});

	it("reads problem+json whole", async () => {
		const body = {
			code: "contact_blocked",
			detail: "Not here.",
			errors: [{ field: "note", code: "contact_blocked", message: "No numbers." }],
			reason: "phone",
			spans: [[0, 4], "bad", [1]],
			current: { price: 1 },
			requestId: "r-1",
		};
		answer = async () => json(body, 422, { "Content-Type": "application/problem+json" });
		expect(await ask()).toEqual({
			ok: false,
			error: problem("contact_blocked", 422, { ...body, retryAfter: null, spans: [[0, 4]] }),
		});
	});

	it.each([
		["the network fails", () => Promise.reject(new TypeError("failed to fetch")), "unreachable"],
		["a gateway answers 502 with a page", async () => page(502), "unreachable"],
		["a gateway answers 504 with a page", async () => page(504), "unreachable"],
		["a proxy forbids with its own page", async () => page(403), "unreachable"],
		["a captive portal says 200 with its page", async () => page(200), "unreachable"],
		["a captive portal says 200 with foreign JSON", async () => json({ portal: 1 }), "unreachable"],
		["the body is null", async () => json(null), "unreachable"],
		["the JSON is cut", async () => new Response('{"items":[', jsonType), "unreachable"],
		["the server faults with a page", async () => page(500), "server_error"],
		["the server's problem has no code", async () => json({ title: "?" }, 500), "server_error"],
	] as const)("when %s: unreachable or server_error", async (_name, reply, code) => {
		answer = reply;
		const result = await ask();
		expect(result).toMatchObject({ ok: false, error: { code } });
		expect(!result.ok && isFinal(result.error)).toBe(false);
	});

	it("gives up after 10 s, also when fetch ignores its signal", async () => {
		answer = () => new Promise(() => {});
		const asked = ask();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(await asked).toMatchObject({ ok: false, error: { code: "unreachable" } });
	});

	it("gives up when the head arrives in time and the body never does", async () => {
		answer = async () => new Response(new ReadableStream({ start() {} }), jsonType);
		const asked = ask();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(await asked).toMatchObject({ ok: false, error: { code: "unreachable" } });
	});

	it("gives up at once when told to", async () => {
		answer = () => new Promise(() => {});
		const stop = new AbortController();
		const asked = http({ method: "GET", path: "/", signal: stop.signal });
		stop.abort();
		expect(await asked).toMatchObject({ ok: false });
	});

	it("says how long to stay away", async () => {
		answer = async () => json({ code: "too_many_requests" }, 429, { "Retry-After": "7" });
		expect(await ask()).toMatchObject({ error: { retryAfter: 7_000 } });
	});

	it("never stays away longer than an hour, whatever a proxy says", async () => {
		answer = async () => json({ code: "busy" }, 503, { "Retry-After": "99999999" });
		expect(await ask()).toMatchObject({ error: { retryAfter: 3_600_000 } });
	});

	it("leaves empty filters out of the address", async () => {
		answer = async () => json({});
		await http({
			method: "GET",
			path: "/api/t",
			query: { q: "a b", area: "", page: null, on: true },
		});
		expect(fetching.mock.calls[0]?.[0]).toBe("/api/t?q=a+b&on=true");
	});

	it("measures the server's clock on each answer", async () => {
		vi.setSystemTime("2026-03-10T04:00:00Z");
		answer = async () => json({ items: [] }, 200, { Date: "Tue, 10 Mar 2026 07:00:00 GMT" });
		await ask();
		const off = clock.now() - Date.parse("2026-03-10T07:00:00Z");
		expect(Math.abs(off)).toBeLessThanOrEqual(1_000);
	});
});

describe("isFinal: only a decision of our server ends the asking", () => {
	it.each([
		["validation", 422, true],
		["slot_taken", 409, true],
		["not_found", 404, true],
		["cross_site", 403, true],
		["sign_in_required", 401, false],
		["too_many_requests", 429, false],
		["busy", 503, false],
		["server_error", 500, false],
		["unreachable", 404, false],
	] as const)("%s %i: %s", (code, status, expected) => {
		expect(isFinal(problem(code, status))).toBe(expected);
	});
});

const jsonType = { headers: { "Content-Type": "application/json" } };

describe("an answer that the worker kept", () => {
	const since = "2026-03-10T03:00:00.000Z";
	const kept = () => {
		const headers = { "Content-Type": "application/json", "X-Kept-Since": since, Date: since };
		const response = new Response(null, { headers });
		response.json = async () => ({ items: [], cursor: "c9" });
		return response;
	};
	const exchange = async (takesKept: boolean) => {
		const serverClock = { observe: vi.fn(), now: () => 0 } as unknown as ServerClock;
		const http = createHttp({
			fetch: async () => kept(),
			person: () => null,
			timing: deviceTiming,
			serverClock,
			log() {},
		});
		const result = await http({ method: "GET", path: "/api/x", expects: ["items"], takesKept });
		return { result, observe: serverClock.observe };
	};

	it("tells since when, and nothing about the server's clock", async () => {
		const { result, observe } = await exchange(true);
		expect(result).toMatchObject({ ok: true, asOf: Date.parse(since) });
		expect(observe).not.toHaveBeenCalled();
	});

	it("is no snapshot: where the stream would go on from it, nothing answered", async () => {
		const { result } = await exchange(false);
		expect(result).toMatchObject({ ok: false, error: { code: "unreachable" } });
	});
});

describe("what the page asked for before its script ran", () => {
	const askedAt = (startTime: number) => {
		const entry = { name: "https://tenang.test/api/x", startTime } as PerformanceEntry;
		vi.spyOn(performance, "getEntriesByType").mockReturnValue([entry]);
	};
	const stamp = (at: number) => ({ Date: new Date(at).toUTCString() });

	it("tells the server's time as of then, and not as of when the script came", async () => {
		vi.setSystemTime(performance.timeOrigin + 8_000);
		vi.spyOn(performance, "now").mockReturnValue(8_000);
		askedAt(1_000);
		// Answered halfway since, by a clock that goes as ours.
		answer = async () => json({ items: [] }, 200, stamp(Date.now() - 3_500));
		await ask();
		expect(Math.abs(clock.now() - Date.now())).toBeLessThanOrEqual(1_000);
	});
});
