import { beforeEach, describe, expect, it } from "vitest";
import { AYU, Ordering, PRICE } from "./testing/ordering";
import { pass } from "./testing/page";

let at: Ordering;

beforeEach(async () => {
	at = await Ordering.begin();
});

describe("pressing Send (R3)", () => {
	it("makes the guest, books, and reports one attempt", async () => {
		const outcome = await at.pressSend();
		expect(outcome).toMatchObject({ outcome: "booked", attempts: 1, isEarlier: false });
		expect(at.sends()[0]?.body).toMatchObject({ expectedPrice: PRICE, customerName: "Budi" });
		expect(at.page.user.value?.displayName).toBe("Budi");
		expect(at.page.bookings.value.has("b-1")).toBe(true);
	});

	it("sends nothing while a field is wrong, and names it", async () => {
		at.page.typeInForm(AYU, { customerWhatsApp: "12" });
		const outcome = await at.pressSend();
		expect(outcome).toEqual({
			outcome: "invalid",
			faults: [{ field: "customerWhatsApp", code: "invalid_phone" }],
		});
		expect(at.server.to("POST", /./)).toEqual([]);
	});

	it("pressed twice: one request, the same outcome", async () => {
		const [one, other] = [at.page.submitBooking(AYU, PRICE), at.page.submitBooking(AYU, PRICE)];
		await pass(0);
		expect(await one).toBe(await other);
		expect(at.sends()).toHaveLength(1);
	});

	it.each([1, 2])("%i lost answers: asks again with the same key, one booking", async (lost) => {
		at.nextSends(lost, "lost");
		expect(await at.pressSend()).toMatchObject({ outcome: "booked", attempts: lost + 1 });
		expect(at.keys().size).toBe(1);
		expect(at.server.bookings).toHaveLength(1);
	});

	it("a guest whose answer was lost: the same guest, not a second one", async () => {
		let lost = 1;
		at.server.fate = ({ path }) => (path.endsWith("/guest") && lost-- > 0 ? "lost" : null);
		expect(await at.pressSend()).toMatchObject({ outcome: "booked", attempts: 2 });
		expect(at.server.guests.size).toBe(1);
	});

	it("hanging requests: three attempts of 10 s with 1 s and 2 s between, then kept on the device", async () => {
		at.server.fate = ({ path }) => (path === "/api/bookings" ? "hangs" : null);
		const outcome = await at.pressSend(PRICE, 33_000);
		expect(outcome).toMatchObject({ outcome: "kept", attempts: 3, duration: 33_000 });
		expect(at.page.submission(AYU)).toMatchObject({ phase: "kept" });
		expect(at.page.unsent.value).toHaveLength(1);
	});
});
