import { beforeEach, describe, expect, it, vi } from "vitest";
import { refusal } from "../net/testing/fakeServer";
import { budi, START } from "../net/testing/samples";
import { AYU, filledIn, Ordering, PRICE } from "./testing/ordering";
import { backOnline, fillDevice, pass, sleep } from "./testing/page";

let at: Ordering;

beforeEach(async () => {
	at = await Ordering.begin();
});

describe("an order that could not be sent stays on the device and goes out later (R3)", () => {
	it("is tried again after 4 s, with the same key", async () => {
		at.nextSends(3, "down");
		await at.pressSend(PRICE, 3_000);
		expect(at.server.bookings).toHaveLength(0);
		await pass(3_900);
		expect(at.sends()).toHaveLength(3);
		await pass(200);
		expect(at.sends()).toHaveLength(4);
		expect(at.keys().size).toBe(1);
		expect(at.page.submission(AYU)).toEqual({ phase: "idle" });
		expect(at.server.bookings).toHaveLength(1);
	});

	it("goes out the moment the network is back", async () => {
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 60_000);
		at.server.fate = () => null;
		const before = at.sends().length;
		await backOnline();
		expect(at.sends()).toHaveLength(before + 1);
		expect(at.server.bookings).toHaveLength(1);
	});

	it("survives a reload with its key, also when its answer had been lost: one booking", async () => {
		at.nextSends(3, "lost");
		await at.pressSend(PRICE, 3_000);
		at.server.fate = () => null;
		await at.reload();
		await pass(5_000);
		expect(at.sends()).toHaveLength(4);
		expect(at.keys().size).toBe(1);
		expect(at.server.bookings).toHaveLength(1);
		expect(at.page.bookingForm(AYU).value.bookingId).toBe("b-1");
	});

	it("is taken up when the tab died while it was being sent", async () => {
		at.nextSends(1, "hangs");
		void at.page.submitBooking(AYU, PRICE);
		await pass(10);
		await at.reload();
		await pass(5_000);
		expect(at.keys().size).toBe(1);
		expect(at.server.bookings).toHaveLength(1);
	});

	it("waits for its writer when the session has ended without a word, and is not tried for ever", async () => {
		at.server.user = budi;
		await at.page.loadSession();
		at.page.chooseInForm(AYU, filledIn);
		at.server.user = null;
		at.server.fate = ({ method, path }) => {
			if (path === "/api/events") return "hangs";
			return method === "POST" ? refusal(401, "sign_in_required") : null;
		};
		await at.pressSend();
		expect(at.page.session.value.status).toBe("signed-out");
		const tries = at.sends().length;
		await pass(120_000);
		expect(at.sends()).toHaveLength(tries);
		at.server.fate = () => null;
		at.server.user = budi;
		await at.page.loadSession();
		await pass(5_000);
		expect(at.server.bookings).toHaveLength(1);
		expect(at.keys().size).toBe(1);
	});

	it("asks the person when its time has passed meanwhile", async () => {
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		sleep(90_000_000);
		at.server.fate = () => null;
		const before = at.sends().length;
		await backOnline();
		await pass(60_000);
		expect(at.sends()).toHaveLength(before);
		expect(at.page.submission(AYU)).toMatchObject({ phase: "asking", why: "time_passed" });
	});

	it("asks the person when as soon as possible was a quarter of an hour ago", async () => {
		at.page.chooseInForm(AYU, { when: "asap", scheduledTime: null });
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		sleep(16 * 60_000);
		at.server.fate = () => null;
		await backOnline();
		expect(at.page.submission(AYU)).toMatchObject({ phase: "asking", why: "time_passed" });
		expect(at.server.bookings).toHaveLength(0);
	});

	it("asks the person when the price is not the one shown any more", async () => {
		at.server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
		await at.pressSend(150_000, 3_000);
		at.server.fate = () => null;
		await backOnline();
		expect(at.page.submission(AYU)).toMatchObject({
			phase: "asking",
			problem: { code: "price_changed", current: { price: PRICE } },
		});
		expect(await at.pressSend(PRICE)).toMatchObject({ outcome: "booked" });
		expect(at.server.bookings).toHaveLength(1);
	});

	it("is not sent behind the back of somebody who is changing it", async () => {
		at.nextSends(3, "down");
		await at.pressSend(PRICE, 3_000);
		at.page.typeInForm(AYU, { note: "second floor" });
		await pass(60_000);
		await backOnline();
		expect(at.sends()).toHaveLength(3);
	});

	it("waits as long as the server asks for", async () => {
		at.nextSends(1, refusal(429, "too_many_requests", {}, 20));
		await at.pressSend(PRICE, 19_000);
		expect(at.sends()).toHaveLength(1);
		await pass(2_000);
		expect(at.server.bookings).toHaveLength(1);
	});

	it("goes out in time when the device's clock is set back an hour meanwhile", async () => {
		at.nextSends(1, refusal(429, "too_many_requests", {}, 20));
		await at.pressSend(PRICE, 1_000);
		vi.setSystemTime(START - 3_600_000);
		await pass(20_000);
		expect(at.sends()).toHaveLength(2);
		expect(at.server.bookings).toHaveLength(1);
	});

	it("is cut short by the network's return, whatever the clock was set to", async () => {
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 60_000);
		vi.setSystemTime(START - 3_600_000);
		at.server.fate = () => null;
		await backOnline();
		expect(at.server.bookings).toHaveLength(1);
	});

	it("asks the person when a clock that was set back no longer tells how old as soon as possible is", async () => {
		at.page.chooseInForm(AYU, { when: "asap", scheduledTime: null });
		at.server.fate = () => "down";
		await at.pressSend(PRICE, 3_000);
		vi.setSystemTime(START - 3_600_000);
		at.server.fate = () => null;
		await backOnline();
		expect(at.page.submission(AYU)).toMatchObject({ phase: "asking", why: "time_passed" });
	});
});

describe("where an unsent order is kept", () => {
	/** Whether the page may go away without the browser asking. */
	const mayLeave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

	it("says that it is on this device", async () => {
		at.nextSends(3, "down");
		expect(await at.pressSend(PRICE, 3_000)).toMatchObject({ outcome: "kept", isKept: true });
		expect(at.page.submission(AYU)).toMatchObject({ phase: "kept", isKept: true });
	});

	it("lets the page go without a question while the device keeps it", async () => {
		at.nextSends(3, "down");
		await at.pressSend(PRICE, 3_000);
		expect(mayLeave()).toBe(true);
	});

	it("does not say so when the device is full, and still sends it while the page lives", async () => {
		await at.page.ensureGuest("Budi");
		fillDevice();
		at.nextSends(3, "down");
		expect(await at.pressSend(PRICE, 3_000)).toMatchObject({ outcome: "kept", isKept: false });
		expect(at.page.submission(AYU)).toMatchObject({ phase: "kept", isKept: false });
		expect(mayLeave()).toBe(false);
		await pass(4_000);
		expect(at.server.bookings).toHaveLength(1);
		expect(mayLeave()).toBe(true);
	});
});
