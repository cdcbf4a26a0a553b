import { beforeEach, describe, expect, it } from "vitest";
import { ayuUser, budi } from "../net/testing/samples";
import type { User } from "../net/types";
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
