import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeServer, json, refusal } from "../net/testing/fakeServer";
import { ayuUser, booking, budi, START } from "../net/testing/samples";
import { backOnline, freshDevice, loadPage, pass, type Seam } from "./testing/page";

const accepted = booking({ status: "therapist_accepted", version: 2 });
const declined = booking({ status: "cancelled", version: 2, expiresAt: null });

let server: FakeServer;
let page: Seam;

const asked = (action: string) => server.to("POST", `/api/bookings/b-1/${action}`);
const status = () => page.bookings.value.get("b-1")?.status;

/** The server acts, but no answer of its reaches the device, until `answers` is called. */
function loseAnswers(): void {
	server.fate = ({ method }) => (method === "POST" ? "lost" : null);
}

function answers(reply: () => Response): void {
	server.fate = ({ method }) => (method === "POST" ? reply() : null);
}

/** Asks for a transition and lets the time of all three attempts pass. */
async function ask(action: "accept" | "decline" | "confirm" | "cancel") {
	const result = page[action]("b-1");
	await pass(3_000);
	return result;
}

beforeEach(async () => {
	server = freshDevice();
	server.user = ayuUser;
	server.bookings = [booking()];
	page = await loadPage();
});

describe("a transition that somebody asks for whose session is over or another's", () => {
	it.each([
		["nobody", null],
		["somebody else", budi],
	])("is not made, and the page finds out that %s is here", async (_name, next) => {
		server.user = next;
		const result = await ask("accept");
		expect(result).toMatchObject({ ok: false, error: { code: "signed_out" } });
		expect(page.user.value?.id).toBe(next?.id);
		expect(page.unsettled.value.size).toBe(0);
	});

	it("is not made in the name of the other member, who signed in between two attempts", async () => {
		server.fate = () => "down";
		const result = page.cancel("b-1");
		await pass(0);
		server.fate = () => null;
		server.user = budi;
		await page.loadSession();
		await pass(3_000);
		expect(asked("cancel").map(({ person }) => person)).toEqual([ayuUser.id]);
		expect(await result).toMatchObject({ ok: false, error: { code: "signed_out" } });
	});
});

describe("a transition whose answer is lost", () => {
	it("says that it is not known yet, never that nothing was changed", async () => {
		loseAnswers();
		const result = page.accept("b-1");
		await pass(0);
		expect(page.unsettled.value.get("b-1")).toEqual({ action: "accept", isOverdue: false });
		await pass(3_000);
		expect(await result).toMatchObject({ ok: false, error: { code: "unanswered" } });
		expect(page.unsettled.value.get("b-1")).toEqual({ action: "accept", isOverdue: true });
		expect(status()).toBe("pending");
	});

	it("is asked for again by itself, and ends as it happened", async () => {
		loseAnswers();
		await ask("accept");
		answers(() => json(accepted));
		await pass(4_000);
		expect(asked("accept")).toHaveLength(4);
		expect(status()).toBe("therapist_accepted");
		expect(page.unsettled.value.size).toBe(0);
		await pass(120_000);
		expect(asked("accept")).toHaveLength(4);
	});

	it("is asked for the moment the server can be reached, also with a clock that was set back", async () => {
		server.fate = () => "down";
		await ask("decline");
		await pass(60_000);
		vi.setSystemTime(START - 3_600_000);
		answers(() => json(declined));
		await backOnline();
		expect(status()).toBe("cancelled");
	});

	it("ends in the true state when the server refuses by now", async () => {
		loseAnswers();
		await ask("accept");
		answers(() => refusal(409, "booking_state", { current: declined }));
		await pass(4_000);
		expect(status()).toBe("cancelled");
		expect(page.unsettled.value.size).toBe(0);
	});

	it.each(["down", "hangs"] as const)("is asked for as long as it takes (%s)", async (fate) => {
		server.fate = ({ method }) => (method === "POST" ? fate : null);
		void page.accept("b-1");
		await pass(600_000);
		answers(() => json(accepted));
		await pass(40_000);
		expect(status()).toBe("therapist_accepted");
	});

	it("leaves the server alone as long as it asks for", async () => {
		answers(() => refusal(503, "busy", {}, 20));
		await ask("accept");
		const before = asked("accept").length;
		await backOnline();
		await pass(15_000);
		expect(asked("accept")).toHaveLength(before);
		answers(() => json(accepted));
		await pass(5_000);
		expect(status()).toBe("therapist_accepted");
	});

	it("gives way to what the person asks for instead", async () => {
		server.fate = () => "down";
		await ask("accept");
		answers(() => json(declined));
		await ask("decline");
		const before = asked("accept").length;
		await pass(120_000);
		expect(asked("accept")).toHaveLength(before);
		expect(status()).toBe("cancelled");
	});

	it("is never asked for by the next person, and its late answer stays out of their state", async () => {
		let answer = (_: Response) => {};
		const late = new Promise<Response>((resolve) => {
			answer = resolve;
		});
		const fetch = server.fetch;
		vi.stubGlobal("fetch", (input: string, init: RequestInit) =>
			input.endsWith("/accept") ? late : fetch(input, init),
		);
		void page.accept("b-1");
		await pass(0);
		server.user = { ...budi, isGuest: false };
		server.bookings = [];
		await page.loadSession();
		answer(json(accepted));
		await pass(120_000);
		expect(page.bookings.value.size).toBe(0);
		expect(asked("accept")).toHaveLength(0);
		expect(page.unsettled.value.size).toBe(0);
	});

	it("is not asked for again after a final refusal, nor when nobody is signed in", async () => {
		for (const no of [refusal(404, "not_found"), refusal(401, "sign_in_required")]) {
			answers(() => no);
			const result = await ask("confirm");
			expect(result).toMatchObject({ ok: false, error: { status: no.status } });
			const before = asked("confirm").length;
			await pass(60_000);
			expect(asked("confirm")).toHaveLength(before);
			expect(page.unsettled.value.size).toBe(0);
		}
	});

	it("is asked about before signing out", async () => {
		loseAnswers();
		await ask("decline");
		expect(page.unsentOnDevice()).toEqual({ messages: 0, orders: 0, answers: 1 });
		expect(await page.signOut()).toMatchObject({ ok: false, error: { code: "unsent" } });
		expect(server.to("DELETE", "/api/session")).toEqual([]);
	});

	it("goes on when the page goes away in the middle of it", async () => {
		const requests: RequestInit[] = [];
		vi.stubGlobal("fetch", (input: string, init: RequestInit) => {
			if (input.endsWith("/decline")) requests.push(init);
			return server.fetch(input, init);
		});
		await ask("decline");
		expect(requests[0]?.keepalive).toBe(true);
	});
});
