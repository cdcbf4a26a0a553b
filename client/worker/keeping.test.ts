import { describe, expect, it, vi } from "vitest";
import { ANSWERS, isKeptRead, marked, PICTURES, removeOldCaches } from "./keeping";

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
