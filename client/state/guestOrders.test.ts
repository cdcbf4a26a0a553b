import { beforeEach, describe, expect, it, vi } from "vitest";
import { json } from "../net/testing/fakeServer";
import { ayuUser, budi } from "../net/testing/samples";
import type { User } from "../net/types";
import { FakeLocks } from "../storage/testing/fakeLocks";
import { AYU, filledIn, Ordering, PRICE } from "./testing/ordering";
import { backOnline, pass } from "./testing/page";

let at: Ordering;

beforeEach(async () => {
	at = await Ordering.begin();
});

describe("whose order it is", () => {
	it("never goes out for another account", async () => {
		at.nextSends(1_000, "down");
		await at.pressSend(PRICE, 3_000);
		const sent = at.sends().length;
		at.server.user = { ...ayuUser, role: "customer", id: "u-other", therapistId: null };
		await at.reload();
		await pass(60_000);
		expect(at.sends()).toHaveLength(sent);
		expect(at.page.unsent.value).toEqual([]);
		expect(at.page.bookingForm(AYU).value.fields.customerName).toBe("");
	});

	it("is not sent any more when another person signed in while it was being tried", async () => {
		await at.page.ensureGuest("Budi");
		at.nextSends(1, "down");
		const outcome = at.page.submitBooking(AYU, PRICE);
		await pass(500);
		at.server.user = { ...budi, id: "u-other" };
		await at.page.loadSession();
		await pass(10_000);
		expect(await outcome).toMatchObject({ outcome: "refused", problem: { code: "signed_out" } });
		expect(at.server.bookings).toHaveLength(0);
		expect(at.page.unsent.value).toEqual([]);
	});

	it("is not sent while it cannot be asked who is signed in: no guest beside an account", async () => {
		at.server.user = { ...budi, isGuest: false };
		await at.reload();
		at.page.chooseInForm(AYU, filledIn);
		at.server.fate = () => "down";
		await at.reload();
		at.server.fate = ({ path }) => (path === "/api/session" ? "down" : null);
		expect(await at.pressSend(PRICE, 5_000)).toMatchObject({ outcome: "kept" });
		expect(at.server.guests.size).toBe(0);
	});
});

describe("an order that a guest could not send, and then signed in", () => {
	const account: User = { ...budi, id: "u-account", isGuest: false };

	/** Nothing answered the guest's order; then the person signs in. */
	async function keptThenSignedIn(): Promise<void> {
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		at.server.fate = () => null;
		at.server.user = account;
		await at.page.loadSession();
		await pass(60_000);
	}

	/** The account had an order to the same therapist waiting before. */
	async function bothWait(): Promise<void> {
		at.server.user = account;
		await at.reload();
		at.page.chooseInForm(AYU, { ...filledIn, note: "the account's" });
		at.server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
		await at.pressSend(PRICE, 3_000);
		at.server.user = null;
		await at.page.loadSession();
		at.page.chooseInForm(AYU, { ...filledIn, note: "the guest's" });
		await keptThenSignedIn();
	}

	const isAsked = { phase: "asking", problem: { code: "ordered_as_guest" } };

	it("is shown and not sent until the person says so, over a reload too", async () => {
		await keptThenSignedIn();
		expect(at.page.unsent.value).toMatchObject([isAsked]);
		await at.reload();
		await backOnline();
		await pass(60_000);
		expect(at.page.submission(AYU)).toMatchObject(isAsked);
		expect(at.sends()).toEqual([]);
	});

	it("is sent from the account with its key once the person says so: one booking", async () => {
		const key = () => JSON.stringify({ ...localStorage }).match(/key\\":\\"([0-9a-f]{32})/)?.[1];
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		const first = key();
		expect(first).toBeTruthy();
		await keptThenSignedIn();
		expect(await at.pressSend()).toMatchObject({ outcome: "booked" });
		expect([...at.keys()]).toEqual([first]);
		expect(at.server.guests.size).toBe(0);
		expect(at.server.bookings).toHaveLength(1);
		expect(at.page.unsent.value).toEqual([]);
	});

	it("can be left unsent: its details stay in the form, and nothing asks again", async () => {
		await keptThenSignedIn();
		at.page.discardUnsent(AYU);
		await at.reload();
		expect(at.page.unsent.value).toEqual([]);
		expect(at.page.bookingForm(AYU).value.fields).toEqual(filledIn);
	});

	it("makes no guest at the sign-out, which asks about it first", async () => {
		await keptThenSignedIn();
		expect(await at.page.signOut()).toMatchObject({ ok: false, error: { code: "unsent" } });
		expect(at.page.session.value.status).toBe("signed-in");
		expect(await at.page.signOut(true)).toMatchObject({ ok: true });
		await pass(60_000);
		await backOnline();
		expect(at.server.guests.size).toBe(0);
		expect(at.sends()).toEqual([]);
		expect(at.page.session.value.status).toBe("signed-out");
	});

	it("makes no guest when the server ends the session", async () => {
		await keptThenSignedIn();
		at.server.user = null;
		await at.page.loadSession();
		await pass(60_000);
		expect(at.server.guests.size).toBe(0);
		expect(at.sends()).toEqual([]);
		at.server.user = account;
		await at.page.loadSession();
		expect(at.page.submission(AYU)).toMatchObject(isAsked);
	});

	it("is not sent from the account by the attempts that were under way", async () => {
		at.nextSends(1_000, "down");
		at.server.fate = ({ path }) => (path.endsWith("/guest") ? "down" : null);
		const outcome = at.page.submitBooking(AYU, PRICE);
		await pass(500);
		at.server.user = account;
		await at.page.loadSession();
		await pass(60_000);
		expect(await outcome).toMatchObject({
			outcome: "refused",
			problem: { code: "ordered_as_guest" },
		});
		expect(at.page.submission(AYU)).toMatchObject(isAsked);
		expect(at.sends()).toEqual([]);
	});

	it("makes no guest either when an order of the account itself stood in its way", async () => {
		await bothWait();
		at.server.user = null;
		await at.page.loadSession();
		await backOnline();
		await pass(60_000);
		expect(at.server.guests.size).toBe(0);
		expect(at.page.submission(AYU)).toMatchObject({ ...isAsked, order: { note: "the guest's" } });
	});

	it("does not push aside an order that the account itself has waiting: it is asked about after that one", async () => {
		await bothWait();
		expect(at.sends().at(-1)?.body).toMatchObject({ note: "the account's" });
		expect(at.server.bookings).toHaveLength(1);
		await at.reload();
		expect(at.page.submission(AYU)).toMatchObject({ ...isAsked, order: { note: "the guest's" } });
	});
});

describe("an order that waits when somebody comes whom the server knows already", () => {
	const wayan: User = { ...budi, id: "u-wayan", displayName: "Wayan", isGuest: true };
	const account: User = { ...budi, id: "u-account", isGuest: false };
	const isAsked = { phase: "asking", problem: { code: "ordered_as_guest" } };
	const come = (user: User) => {
		at.server.user = user;
		return json({ user });
	};

	it("is not sent as the guest who came by a code, not even by attempts under way", async () => {
		at.server.fate = ({ path }) => (path.endsWith("/guest") ? "down" : null);
		const outcome = at.page.submitBooking(AYU, PRICE);
		await pass(500);
		at.server.fate = ({ path }) => (path.endsWith("/recover") ? come(wayan) : null);
		await at.page.recover("K7Q2M-9XDTA");
		await pass(60_000);
		expect(await outcome).toMatchObject({ problem: { code: "ordered_as_guest" } });
		await at.reload();
		await backOnline();
		await pass(60_000);
		expect(at.page.user.value?.id).toBe("u-wayan");
		expect(at.page.submission(AYU)).toMatchObject(isAsked);
		expect(at.sends()).toEqual([]);
		expect(await at.pressSend()).toMatchObject({ outcome: "booked" });
	});

	it("nor when the answer to the code was lost and the page was loaded again", async () => {
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		at.server.fate = ({ path }) => {
			if (!path.endsWith("/recover")) return null;
			at.server.user = wayan;
			return "down";
		};
		await at.page.recover("K7Q2M-9XDTA");
		await at.reload();
		await pass(60_000);
		expect(at.page.submission(AYU)).toMatchObject(isAsked);
		expect(at.sends()).toEqual([]);
	});

	it("goes out by itself as the guest who is made for it, though a code was tried in vain", async () => {
		at.server.fate = () => "down";
		await at.page.recover("K7Q2M-9XDTA");
		await at.pressSend(PRICE, 3_000);
		at.server.fate = () => null;
		await pass(60_000);
		expect(at.page.unsent.value).toEqual([]);
		expect(at.server.bookings).toHaveLength(1);
	});

	it("makes no guest in the account's place while it is signing in", async () => {
		const value = new FakeLocks().ofPage({});
		Object.defineProperty(navigator, "locks", { configurable: true, value });
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		let arrive = () => {};
		const session = new Promise<void>((resolve) => {
			arrive = resolve;
		});
		const fetch = at.server.fetch;
		vi.stubGlobal("fetch", async (input: string, init: RequestInit) => {
			if (at.server.user && String(input).endsWith("/api/session")) await session;
			return fetch(input, init);
		});
		at.server.fate = ({ method, path }) =>
			method === "POST" && path === "/api/session" ? come(account) : null;
		const signedIn = at.page.signIn("a@b.test", "ten letters");
		await pass(9_000);
		expect(at.server.guests.size).toBe(0);
		arrive();
		await pass(60_000);
		expect(await signedIn).toMatchObject({ ok: true });
		expect(at.page.user.value?.id).toBe("u-account");
		expect(at.page.submission(AYU)).toMatchObject(isAsked);
		Object.defineProperty(navigator, "locks", { configurable: true, value: undefined });
	});
});
