import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, refusal } from "../net/testing/fakeServer";
import { ayuUser, booking, budi, START } from "../net/testing/samples";
import {
	backOnline,
	freshDevice,
	loadPage,
	loadTabBeside,
	pass,
	type Seam,
	sleep,
} from "./testing/page";

const AYU = "t-ayu";
const PRICE = 175_000;
const TOMORROW = new Date(START + 86_400_000).toISOString();

const filledIn = {
	serviceId: "s-60",
	when: "later",
	scheduledTime: TOMORROW,
	locationType: "villa",
	area: "Ubud",
	location: "Jalan Raya 1",
	massageFor: "male",
	customerName: "Budi",
	customerWhatsApp: "0812 3456 7890",
	note: "",
} as const;

let server: FakeServer;
let page: Seam;

const sends = () => server.to("POST", "/api/bookings");
const keys = () => new Set(sends().map(({ key }) => key));

/** Presses Send and lets the time of all three attempts pass. */
async function pressSend(price = PRICE, wait = 60_000) {
	const outcome = page.submitBooking(AYU, price);
	await pass(wait);
	return outcome;
}

/** The next `count` bookings meet `fate`, then all goes well. */
function nextSends(count: number, fate: "lost" | "down" | "hangs" | Response): void {
	let left = count;
	server.fate = ({ method, path }) =>
		method === "POST" && path === "/api/bookings" && left-- > 0 ? fate : null;
}

beforeEach(async () => {
	server = freshDevice();
	page = await loadPage();
	page.chooseInForm(AYU, filledIn);
});

describe("pressing Send (R3)", () => {
	it("makes the guest, books, and reports one attempt", async () => {
		const outcome = await pressSend();
		expect(outcome).toMatchObject({ outcome: "booked", attempts: 1, isEarlier: false });
		expect(sends()[0]?.body).toMatchObject({ expectedPrice: PRICE, customerName: "Budi" });
		expect(page.user.value?.displayName).toBe("Budi");
		expect(page.bookings.value.has("b-1")).toBe(true);
	});

	it("sends nothing while a field is wrong, and names it", async () => {
		page.typeInForm(AYU, { customerWhatsApp: "12" });
		const outcome = await pressSend();
		expect(outcome).toEqual({
			outcome: "invalid",
			faults: [{ field: "customerWhatsApp", code: "invalid_phone" }],
		});
		expect(server.to("POST", /./)).toEqual([]);
	});

	it("pressed twice: one request, the same outcome", async () => {
		const [one, other] = [page.submitBooking(AYU, PRICE), page.submitBooking(AYU, PRICE)];
		await pass(0);
		expect(await one).toBe(await other);
		expect(sends()).toHaveLength(1);
	});

	it.each([1, 2])("%i lost answers: asks again with the same key, one booking", async (lost) => {
		nextSends(lost, "lost");
		expect(await pressSend()).toMatchObject({ outcome: "booked", attempts: lost + 1 });
		expect(keys().size).toBe(1);
		expect(server.bookings).toHaveLength(1);
	});

	it("a guest whose answer was lost: the same guest, not a second one", async () => {
		let lost = 1;
		server.fate = ({ path }) => (path.endsWith("/guest") && lost-- > 0 ? "lost" : null);
		expect(await pressSend()).toMatchObject({ outcome: "booked", attempts: 2 });
		expect(server.guests.size).toBe(1);
	});

	it("hanging requests: three attempts of 10 s with 1 s and 2 s between, then kept on the device", async () => {
		server.fate = ({ path }) => (path === "/api/bookings" ? "hangs" : null);
		const outcome = await pressSend(PRICE, 33_000);
		expect(outcome).toMatchObject({ outcome: "kept", attempts: 3, duration: 33_000 });
		expect(page.submission(AYU)).toMatchObject({ phase: "kept" });
		expect(page.unsent.value).toHaveLength(1);
	});
});

describe("an order that could not be sent stays on the device and goes out later (R3)", () => {
	it("is tried again after 4 s, with the same key", async () => {
		nextSends(3, "down");
		await pressSend(PRICE, 3_000);
		expect(server.bookings).toHaveLength(0);
		await pass(3_900);
		expect(sends()).toHaveLength(3);
		await pass(200);
		expect(sends()).toHaveLength(4);
		expect(keys().size).toBe(1);
		expect(page.submission(AYU)).toEqual({ phase: "idle" });
		expect(server.bookings).toHaveLength(1);
	});

	it("goes out the moment the network is back", async () => {
		server.fate = () => "down";
		await pressSend(PRICE, 60_000);
		server.fate = () => null;
		const before = sends().length;
		await backOnline();
		expect(sends()).toHaveLength(before + 1);
		expect(server.bookings).toHaveLength(1);
	});

	it("survives a reload with its key, also when its answer had been lost: one booking", async () => {
		nextSends(3, "lost");
		await pressSend(PRICE, 3_000);
		server.fate = () => null;
		page = await loadPage();
		await pass(5_000);
		expect(sends()).toHaveLength(4);
		expect(keys().size).toBe(1);
		expect(server.bookings).toHaveLength(1);
		expect(page.bookingForm(AYU).value.bookingId).toBe("b-1");
	});

	it("is taken up when the tab died while it was being sent", async () => {
		nextSends(1, "hangs");
		void page.submitBooking(AYU, PRICE);
		await pass(10);
		page = await loadPage();
		await pass(5_000);
		expect(keys().size).toBe(1);
		expect(server.bookings).toHaveLength(1);
	});

	it("asks the person when its time has passed meanwhile", async () => {
		server.fate = () => "down";
		await pressSend(PRICE, 3_000);
		sleep(90_000_000);
		server.fate = () => null;
		const before = sends().length;
		await backOnline();
		await pass(60_000);
		expect(sends()).toHaveLength(before);
		expect(page.submission(AYU)).toMatchObject({ phase: "asking", why: "time_passed" });
	});

	it("asks the person when as soon as possible was a quarter of an hour ago", async () => {
		page.chooseInForm(AYU, { when: "asap", scheduledTime: null });
		server.fate = () => "down";
		await pressSend(PRICE, 3_000);
		sleep(16 * 60_000);
		server.fate = () => null;
		await backOnline();
		expect(page.submission(AYU)).toMatchObject({ phase: "asking", why: "time_passed" });
		expect(server.bookings).toHaveLength(0);
	});

	it("asks the person when the price is not the one shown any more", async () => {
		server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
		await pressSend(150_000, 3_000);
		server.fate = () => null;
		await backOnline();
		expect(page.submission(AYU)).toMatchObject({
			phase: "asking",
			problem: { code: "price_changed", current: { price: PRICE } },
		});
		expect(await pressSend(PRICE)).toMatchObject({ outcome: "booked" });
		expect(server.bookings).toHaveLength(1);
	});

	it("is not sent behind the back of somebody who is changing it", async () => {
		nextSends(3, "down");
		await pressSend(PRICE, 3_000);
		page.typeInForm(AYU, { note: "second floor" });
		await pass(60_000);
		await backOnline();
		expect(sends()).toHaveLength(3);
	});

	it("waits as long as the server asks for", async () => {
		nextSends(1, refusal(429, "too_many_requests", {}, 20));
		await pressSend(PRICE, 19_000);
		expect(sends()).toHaveLength(1);
		await pass(2_000);
		expect(server.bookings).toHaveLength(1);
	});
});

describe("the key (R3)", () => {
	it("is new when the content was changed after a known refusal", async () => {
		nextSends(1, refusal(409, "slot_taken"));
		expect(await pressSend()).toMatchObject({
			outcome: "refused",
			problem: { code: "slot_taken" },
		});
		page.chooseInForm(AYU, { scheduledTime: new Date(START + 90_000_000).toISOString() });
		expect(await pressSend()).toMatchObject({ outcome: "booked" });
		expect(keys().size).toBe(2);
	});

	it("is never new while an earlier outcome is unknown: the changed order finds the booking that was made", async () => {
		nextSends(3, "lost");
		await pressSend(PRICE, 3_000);
		page.typeInForm(AYU, { note: "second floor" });
		server.fate = () => null;
		expect(await pressSend()).toMatchObject({ outcome: "booked", isEarlier: true });
		expect(keys().size).toBe(1);
		expect(server.bookings).toHaveLength(1);
	});

	it("stays when nothing had arrived, and the changed order is the one that is booked", async () => {
		nextSends(3, "down");
		await pressSend(PRICE, 3_000);
		page.typeInForm(AYU, { note: "second floor" });
		server.fate = () => null;
		expect(await pressSend()).toMatchObject({ outcome: "booked", isEarlier: false });
		expect(keys().size).toBe(1);
		expect(sends().at(-1)?.body).toMatchObject({ note: "second floor" });
		expect(server.bookings).toHaveLength(1);
	});

	it("stays when a refusal came, but an earlier send under it may still arrive", async () => {
		let sent = 0;
		server.fate = ({ method, path }) => {
			if (method !== "POST" || path !== "/api/bookings") return null;
			sent += 1;
			if (sent === 1) return "down";
			return sent === 2 ? refusal(409, "slot_taken") : null;
		};
		expect(await pressSend()).toMatchObject({ outcome: "refused" });
		page.typeInForm(AYU, { note: "second floor" });
		expect(await pressSend()).toMatchObject({ outcome: "booked" });
		expect(keys().size).toBe(1);
	});

	it("is new for another booking after one was made", async () => {
		await pressSend();
		page.chooseInForm(AYU, { scheduledTime: new Date(START + 90_000_000).toISOString() });
		await pressSend();
		expect(keys().size).toBe(2);
		expect(server.bookings).toHaveLength(2);
	});

	it("is new for another try with the same details after the therapist declined", async () => {
		await pressSend();
		server.bookings = [
			booking({ status: "cancelled", cancelReason: "declined", version: 2, expiresAt: null }),
		];
		await page.loadBooking("b-1");
		expect(page.bookingForm(AYU).value).toMatchObject({ bookingId: null, fields: filledIn });
		await pressSend();
		expect(keys().size).toBe(2);
	});

	it.each(["one has answered", "neither has an answer"])(
		"is shared by two tabs that send the same form, when %s: one booking",
		async (when) => {
			const other = await loadTabBeside();
			expect(other.bookingForm(AYU).value.fields).toEqual(filledIn);
			nextSends(when === "one has answered" ? 0 : 2, "lost");
			const first = page.submitBooking(AYU, PRICE);
			await pass(when === "one has answered" ? 5_000 : 0);
			const second = other.submitBooking(AYU, PRICE);
			await pass(60_000);
			expect([await first, await second]).toMatchObject([
				{ outcome: "booked", booking: { bookingId: "b-1" } },
				{ outcome: "booked", booking: { bookingId: "b-1" } },
			]);
			expect(keys().size).toBe(1);
			expect(server.guests.size).toBe(1);
			expect(server.bookings).toHaveLength(1);
		},
	);
});

describe("whose order it is", () => {
	it("never goes out for another account", async () => {
		nextSends(1_000, "down");
		await pressSend(PRICE, 3_000);
		const sent = sends().length;
		server.user = { ...ayuUser, role: "customer", id: "u-other", therapistId: null };
		page = await loadPage();
		await pass(60_000);
		expect(sends()).toHaveLength(sent);
		expect(page.unsent.value).toEqual([]);
		expect(page.bookingForm(AYU).value.fields.customerName).toBe("");
	});

	it("is not sent any more when another person signed in while it was being tried", async () => {
		await page.ensureGuest("Budi");
		nextSends(1, "down");
		const outcome = page.submitBooking(AYU, PRICE);
		await pass(500);
		server.user = { ...budi, id: "u-other" };
		await page.loadSession();
		await pass(10_000);
		expect(await outcome).toMatchObject({ outcome: "refused", problem: { code: "signed_out" } });
		expect(server.bookings).toHaveLength(0);
		expect(page.unsent.value).toEqual([]);
	});

	it("is not sent while it cannot be asked who is signed in: no guest beside an account", async () => {
		server.user = { ...budi, isGuest: false };
		page = await loadPage();
		page.chooseInForm(AYU, filledIn);
		server.fate = () => "down";
		page = await loadPage();
		server.fate = ({ path }) => (path === "/api/session" ? "down" : null);
		expect(await pressSend(PRICE, 5_000)).toMatchObject({ outcome: "kept" });
		expect(server.guests.size).toBe(0);
	});
});
