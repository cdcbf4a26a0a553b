import { beforeEach, describe, expect, it } from "vitest";
import { refusal } from "../net/testing/fakeServer";
import { booking, START } from "../net/testing/samples";
import { AYU, filledIn, Ordering, PRICE } from "./testing/ordering";
import { loadTabBeside, pass } from "./testing/page";

let at: Ordering;

beforeEach(async () => {
	at = await Ordering.begin();
});

describe("the key (R3)", () => {
	it("is new when the content was changed after a known refusal", async () => {
		at.nextSends(1, refusal(409, "slot_taken"));
		expect(await at.pressSend()).toMatchObject({
			outcome: "refused",
			problem: { code: "slot_taken" },
		});
		at.page.chooseInForm(AYU, { scheduledTime: new Date(START + 90_000_000).toISOString() });
		expect(await at.pressSend()).toMatchObject({ outcome: "booked" });
		expect(at.keys().size).toBe(2);
	});

	it("is never new while an earlier outcome is unknown: the changed order finds the booking that was made", async () => {
		at.nextSends(3, "lost");
		await at.pressSend(PRICE, 3_000);
		at.page.typeInForm(AYU, { note: "second floor" });
		at.server.fate = () => null;
		expect(await at.pressSend()).toMatchObject({ outcome: "booked", isEarlier: true });
		expect(at.keys().size).toBe(1);
		expect(at.server.bookings).toHaveLength(1);
	});

	it("stays when nothing had arrived, and the changed order is the one that is booked", async () => {
		at.nextSends(3, "down");
		await at.pressSend(PRICE, 3_000);
		at.page.typeInForm(AYU, { note: "second floor" });
		at.server.fate = () => null;
		expect(await at.pressSend()).toMatchObject({ outcome: "booked", isEarlier: false });
		expect(at.keys().size).toBe(1);
		expect(at.sends().at(-1)?.body).toMatchObject({ note: "second floor" });
		expect(at.server.bookings).toHaveLength(1);
	});

	it("stays when a refusal came, but an earlier send under it may still arrive", async () => {
		let sent = 0;
		at.server.fate = ({ method, path }) => {
			if (method !== "POST" || path !== "/api/bookings") return null;
			sent += 1;
			if (sent === 1) return "down";
			return sent === 2 ? refusal(409, "slot_taken") : null;
		};
		expect(await at.pressSend()).toMatchObject({ outcome: "refused" });
		at.page.typeInForm(AYU, { note: "second floor" });
		expect(await at.pressSend()).toMatchObject({ outcome: "booked" });
		expect(at.keys().size).toBe(1);
	});

	it("leads a second tab, which pressed Send with other details meanwhile, to the booking that was made", async () => {
		const second = await loadTabBeside();
		const first = at.page.submitBooking(AYU, PRICE);
		second.typeInForm(AYU, { note: "second floor" });
		const other = second.submitBooking(AYU, PRICE);
		await pass(0);
		expect(await first).toMatchObject({ outcome: "booked" });
		expect(await other).toMatchObject({ outcome: "booked" });
		expect(at.server.bookings).toHaveLength(1);
	});

	it("is new for another booking after one was made", async () => {
		await at.pressSend();
		at.page.chooseInForm(AYU, { scheduledTime: new Date(START + 90_000_000).toISOString() });
		await at.pressSend();
		expect(at.keys().size).toBe(2);
		expect(at.server.bookings).toHaveLength(2);
	});

	it("is new for another try with the same details after the therapist declined", async () => {
		await at.pressSend();
		at.server.bookings = [
			booking({ status: "cancelled", cancelReason: "declined", version: 2, expiresAt: null }),
		];
		await at.page.loadBooking("b-1");
		expect(at.page.bookingForm(AYU).value).toMatchObject({ bookingId: null, fields: filledIn });
		await at.pressSend();
		expect(at.keys().size).toBe(2);
	});

	it.each(["one has answered", "neither has an answer"])(
		"is shared by two tabs that send the same form, when %s: one booking",
		async (when) => {
			const other = await loadTabBeside();
			expect(other.bookingForm(AYU).value.fields).toEqual(filledIn);
			at.nextSends(when === "one has answered" ? 0 : 2, "lost");
			const first = at.page.submitBooking(AYU, PRICE);
			await pass(when === "one has answered" ? 5_000 : 0);
			const second = other.submitBooking(AYU, PRICE);
			await pass(60_000);
			expect([await first, await second]).toMatchObject([
				{ outcome: "booked", booking: { bookingId: "b-1" } },
				{ outcome: "booked", booking: { bookingId: "b-1" } },
			]);
			expect(at.keys().size).toBe(1);
			expect(at.server.guests.size).toBe(1);
			expect(at.server.bookings).toHaveLength(1);
		},
	);
});

describe("a name that the server refuses for the guest", () => {
	it("is refused in the name of the form's field, leaves nothing behind, and goes through once mended", async () => {
		const errors = [{ field: "displayName", code: "contact_blocked", message: "" }];
		at.server.fate = ({ path, body }) =>
			path.endsWith("/guest") && body.displayName === "Budi"
				? refusal(422, "contact_blocked", { errors })
				: null;
		expect(await at.pressSend()).toMatchObject({
			outcome: "refused",
			problem: { errors: [{ field: "customerName", code: "contact_blocked" }] },
		});
		at.page.discardUnsent(AYU);
		at.page.typeInForm(AYU, { customerName: "Budi Santoso" });
		expect(await at.pressSend()).toMatchObject({ outcome: "booked" });
		expect(at.server.user?.displayName).toBe("Budi Santoso");
	});
});
