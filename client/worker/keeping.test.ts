import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANSWERS, isKeptRead, keepReads, marked, PICTURES, removeOldCaches } from "./keeping";

type Handler = { handle(options: { request: Request; event: Event }): Promise<Response> };
const routes = vi.hoisted(() => [] as [(asked: object) => boolean, Handler][]);
vi.mock("workbox-routing", () => ({ registerRoute: (...route: never) => routes.push(route) }));
// It counts and dates what is kept in a database; that is Workbox's own to test.
vi.mock("workbox-expiration", () => ({ ExpirationPlugin: class {} }));

const kept = (path: string) => isKeptRead(new URL(path, "https://tenang.test"));

describe("what the worker keeps (R34)", () => {
	it.each(["/api/therapists", "/api/therapists?area=Ubud", "/api/therapists/t-ayu"])(
		"keeps %s",
		(path) => expect(kept(path)).toBe(true),
	);

	it.each([
		"/api/events?after=c0",
		"/api/session",
		"/api/session/recover",
		"/api/session/recovery-code",
		"/api/session/register",
		"/api/therapists/me",
		"/api/therapists/me/bank-account",
		"/api/therapists/t-ayu/bank-account",
		"/api/bookings",
		"/api/bookings/last",
		"/api/conversations/c/messages",
		"/api/conversations/c/payment-card",
		"/api/drafts/t-ayu",
		"/api/notifications",
		"/other/api/therapists",
	])("never %s", (path) => expect(kept(path)).toBe(false));

	it("marks what it kept with the time the server gave it", async () => {
		const given = new Response('{"items":[]}', {
			headers: { Date: "Tue, 10 Mar 2026 04:00:00 GMT", "Content-Type": "application/json" },
		});
		const answer = marked(given);
		expect(answer.headers.get("X-Kept-Since")).toBe("2026-03-10T04:00:00.000Z");
		expect(await answer.json()).toEqual({ items: [] });
	});

	it("removes what older versions kept, and nothing else", async () => {
		const names = ["tenang-answers-0", ANSWERS, PICTURES, "workbox-precache-v2-x", "other"];
		const gone: string[] = [];
		const storage = { keys: async () => names, delete: vi.fn(async (name) => gone.push(name) > 0) };
		await removeOldCaches(storage as unknown as CacheStorage);
		expect(gone).toEqual(["tenang-answers-0"]);
	});
});

describe("a picture on the device (R34)", () => {
	const PORTRAIT = "https://tenang.test/static/portraits/ayu.svg";
	let address = PORTRAIT;
	let shelf: Map<string, Response>;

	/** What the page is shown, and what is kept once the network has answered, or has not. */
	async function look(network: () => Promise<Response>): Promise<[string, string | undefined]> {
		vi.stubGlobal("fetch", vi.fn(network));
		const pending: Promise<unknown>[] = [];
		const waitUntil = (work: Promise<unknown>) => pending.push(work);
		const event = Object.assign(new Event("fetch"), { waitUntil });
		const handler = routes.find(([isFor]) =>
			isFor({ url: new URL(address), request: { destination: "image" }, sameOrigin: true }),
		)?.[1];
		const request = new Request(address);
		const shown = await handler?.handle({ request, event });
		await Promise.allSettled(pending);
		return [(await shown?.text()) ?? "", await shelf.get(address)?.clone().text()];
	}

	beforeEach(() => {
		address = PORTRAIT;
		shelf = new Map();
		const cache = {
			match: async ({ url }: Request) => shelf.get(url)?.clone(),
			put: async ({ url }: Request, response: Response) => void shelf.set(url, response),
		};
		for (const name of ["ExtendableEvent", "FetchEvent"]) vi.stubGlobal(name, Event);
		vi.stubGlobal("caches", { open: async () => cache, match: cache.match });
		routes.length = 0;
		keepReads();
	});

	afterEach(() => vi.unstubAllGlobals());

	it("whose address names its version is not asked for again", async () => {
		address = `${PORTRAIT}?v=0a1b2c3d`;
		await look(async () => new Response("kept"));
		const network = vi.fn(async () => new Response("asked for again"));
		expect(await look(network)).toEqual(["kept", "kept"]);
		expect(network).not.toHaveBeenCalled();
	});

	it.each(["", "?v=0a1b2c3d"])(
		"is not kept where it is too large for a phone (%s)",
		async (query) => {
			address = PORTRAIT + query;
			const large = "x".repeat(256 * 1024 + 1);
			expect(await look(async () => new Response(large))).toEqual([large, undefined]);
		},
	);

	it("under an address that stays is shown at once, and is the new one the next time", async () => {
		await look(async () => new Response("old"));
		expect(await look(async () => new Response("new"))).toEqual(["old", "new"]);
		expect(await look(async () => new Response("new"))).toEqual(["new", "new"]);
	});

	it("is shown without a network, and kept when the server fails", async () => {
		await look(async () => new Response("old"));
		const down = () => Promise.reject(new TypeError("failed to fetch"));
		expect(await look(down)).toEqual(["old", "old"]);
		expect(await look(async () => new Response("oops", { status: 500 }))).toEqual(["old", "old"]);
	});
});

describe("a provider whose page was never opened on this device, without a network", () => {
	const NOW = Date.parse("2026-03-10T04:00:00Z");
	const HOUR = 60 * 60_000;

	/** What is shown of her when the directory was kept so long ago (ms; null: nobody knows); null for nothing. */
	async function look(age: number | null): Promise<{ id: string } | null> {
		const headers = age === null ? undefined : { Date: new Date(NOW - age).toUTCString() };
		const list = new Response('{"items":[{"id":"t-ayu"}]}', headers && { headers });
		const match = async (asked: unknown) => (asked === "/api/therapists" ? list : undefined);
		vi.stubGlobal("caches", { open: async () => ({ match: async () => undefined }), match });
		const event = Object.assign(new Event("fetch"), { waitUntil: () => {} });
		const url = new URL("https://tenang.test/api/therapists/t-ayu");
		const handler = routes.find(([isFor]) => isFor({ url, request: {}, sameOrigin: true }))?.[1];
		try {
			const shown = await handler?.handle({ request: new Request(url), event });
			return (await shown?.json()) as { id: string };
		} catch {
			return null;
		}
	}

	beforeEach(() => {
		vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
		for (const name of ["ExtendableEvent", "FetchEvent"]) vi.stubGlobal(name, Event);
		vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
		routes.length = 0;
		keepReads();
	});

	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});

	it("is shown as the directory has her, for a day", async () => {
		expect(await look(HOUR)).toEqual({ id: "t-ayu" });
		expect(await look(24 * HOUR)).toEqual({ id: "t-ayu" });
	});

	it.each([24 * HOUR + 1_000, 30 * 24 * HOUR, null])(
		"is not shown as she was longer ago (%s)",
		async (age) => expect(await look(age)).toBeNull(),
	);
});
