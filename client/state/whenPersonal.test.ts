import { beforeEach, describe, expect, it, vi } from "vitest";
import { booking, budi } from "../net/testing/samples";
import { DeviceWithDatabase } from "./testing/database";
import { AYU, filledIn, Ordering, PRICE } from "./testing/ordering";
import { arrive, freshDevice, loadFirstScreen, pass } from "./testing/page";

const account = { ...budi, isGuest: false };
let server: ReturnType<typeof freshDevice>;

/** The part can't be fetched until what is returned is called. */
function takeAway(): () => void {
	vi.doMock("./personal", () => {
		throw new TypeError("failed to fetch");
	});
	return () => vi.doUnmock("./personal");
}

beforeEach(() => {
	vi.doUnmock("./personal");
	vi.unstubAllGlobals();
	server = freshDevice();
});

describe("what only a person needs (R35)", () => {
	it("is not fetched for who only looks around", async () => {
		localStorage.setItem("tenang.theme", "dark");
		localStorage.setItem("tenang.log", "0");
		const page = await loadFirstScreen();
		await pass(60_000);
		await arrive();
		expect(page.personal.value).toBeNull();
	});

	it.each([
		"session_t-ayu_guest",
		"session_t-ayu_u-7",
		"outbox_u-7_m-1",
		"windows_guest",
		"tenang.user",
		"tenang.guest",
		"tenang.wiping",
		"of-a-later-version",
	])("is fetched where the device holds %s", async (key) => {
		localStorage.setItem(key, "{}");
		expect((await loadFirstScreen()).personal.value).not.toBeNull();
	});

	it("is fetched where the device has a database, and where the browser cannot tell", async () => {
		new DeviceWithDatabase();
		expect((await loadFirstScreen()).personal.value).toBeNull();
		indexedDB.open("tenang", 1);
		await pass(50);
		expect((await loadFirstScreen()).personal.value).not.toBeNull();
		vi.stubGlobal("indexedDB", { open: () => ({}) });
		expect((await loadFirstScreen()).personal.value).not.toBeNull();
	});

	it("is fetched when somebody signs in, here or in another tab", async () => {
		const page = await loadFirstScreen();
		expect(page.personal.value).toBeNull();
		server.user = budi;
		await page.loadSession();
		await arrive();
		expect(page.personal.value).not.toBeNull();
	});

	it("is fetched in the end when it could not be at first, and then sends what waits (R3 R31)", async () => {
		const at = await Ordering.begin();
		at.nextSends(1_000, "down");
		await at.pressSend(PRICE, 3_000);
		// What the first page is still fetching must not come to the second one.
		await arrive();
		at.nextSends(0, null);
		const giveBack = takeAway();
		const page = await loadFirstScreen();
		await pass(10_000);
		expect(at.server.bookings).toEqual([]);
		expect(page.personal.value).toBeNull();
		giveBack();
		await pass(30_000);
		await arrive();
		await pass(5_000);
		expect(at.server.bookings).toHaveLength(1);
		expect(at.keys().size).toBe(1);
	});
});

describe("what happened before it came", () => {
	it("makes no guest in the place of a person who left meanwhile (R10)", async () => {
		const at = await Ordering.begin();
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		at.server.fate = () => null;
		// Both have an order to the same therapist: each stays where it is.
		const kept = localStorage.getItem(`session_${AYU}_guest`) ?? "";
		expect(kept).toContain(AYU);
		localStorage.setItem(`session_${AYU}_${account.id}`, kept);
		at.server.user = account;
		const sent = at.sends().length;
		const giveBack = takeAway();
		const page = await loadFirstScreen();
		at.server.user = null;
		await page.loadSession();
		giveBack();
		await pass(30_000);
		await arrive();
		await pass(30_000);
		expect(page.personal.value).not.toBeNull();
		expect(at.server.guests.size).toBe(0);
		expect(at.sends()).toHaveLength(sent);
	});

	it("brings back no guest whose session ended before its eyes", async () => {
		const device = new DeviceWithDatabase();
		const making = (await device.load()).ensureGuest("Budi");
		await pass(100);
		await making;
		const guest = server.user;
		const made = server.to("POST", "/api/session/guest").length;
		const giveBack = takeAway();
		const page = await loadFirstScreen();
		server.user = null;
		await page.loadSession();
		giveBack();
		await pass(30_000);
		await arrive();
		await pass(1_000);
		expect([guest?.isGuest, made]).toEqual([true, 1]);
		expect(page.personal.value).not.toBeNull();
		expect(server.to("POST", "/api/session/guest")).toHaveLength(made);
	});

	it("settles the form of a booking that was decided (R28)", async () => {
		const key = `session_${AYU}_${budi.id}`;
		const form = { fields: filledIn, savedAt: 1, attempt: null, bookingId: "b-1" };
		localStorage.setItem(key, JSON.stringify(form));
		server.user = budi;
		server.bookings = [booking({ status: "user_confirmed", version: 3 })];
		const giveBack = takeAway();
		await loadFirstScreen();
		await pass(1_000);
		expect(localStorage.getItem(key)).not.toBeNull();
		giveBack();
		await pass(30_000);
		await arrive();
		expect(localStorage.getItem(key)).toBeNull();
	});
});
