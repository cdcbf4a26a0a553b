import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { booking, budi } from "../net/testing/samples";
import { freshDevice, loadPage, pass, type Seam } from "./testing/page";

const AYU = "t-ayu";
const KEY = "session_t-ayu_guest";
let server: FakeServer;
let page: Seam;

const stored = () => JSON.parse(localStorage.getItem(KEY) ?? "null")?.draft.fields;
const fields = () => page.bookingForm(AYU).value.fields;

beforeEach(async () => {
	server = freshDevice();
	page = await loadPage();
});

describe("the form is on the device", () => {
	it("at once after a choice", () => {
		page.chooseInForm(AYU, { serviceId: "s-60" });
		expect(stored()).toMatchObject({ serviceId: "s-60" });
	});

	it("one second after the last key", async () => {
		page.typeInForm(AYU, { customerName: "B" });
		await pass(900);
		page.typeInForm(AYU, { customerName: "Bu" });
		await pass(900);
		expect(stored()).toBeUndefined();
		await pass(200);
		expect(stored()).toMatchObject({ customerName: "Bu" });
	});

	it("when the page is left, without waiting for the second", () => {
		page.typeInForm(AYU, { customerName: "Bu" });
		window.dispatchEvent(new Event("pagehide"));
		expect(stored()).toMatchObject({ customerName: "Bu" });
	});

	it("and back after a reload, each therapist's apart", async () => {
		page.chooseInForm(AYU, { serviceId: "s-60" });
		page.chooseInForm("t-other", { serviceId: "s-90" });
		page = await loadPage();
		expect(fields().serviceId).toBe("s-60");
		expect(page.bookingForm("t-other").value.fields.serviceId).toBe("s-90");
	});

	it("keeps what was filled in before it was known whose device this is", async () => {
		server.fate = ({ path }) => (path === "/api/session" ? "hangs" : null);
		page.chooseInForm(AYU, { serviceId: "s-60", area: "Ubud" });
		page = await loadPage();
		page.typeInForm(AYU, { area: "Seminyak" });
		await pass(10_000);
		expect(fields()).toMatchObject({ serviceId: "s-60", area: "Seminyak" });
	});

	it("is emptied on the screen and on the device", async () => {
		page.chooseInForm(AYU, { serviceId: "s-60" });
		page.typeInForm(AYU, { note: "x" });
		page.clearForm(AYU);
		await pass(5_000);
		expect(localStorage.getItem(KEY)).toBeNull();
		expect(fields().serviceId).toBeNull();
	});
});

describe("a device that does not keep its word", () => {
	it("works with a storage that throws on every call, and says that nothing will survive", async () => {
		const broken = () => {
			throw new DOMException("no", "SecurityError");
		};
		vi.stubGlobal("localStorage", new Proxy({}, { get: () => broken, ownKeys: broken }));
		page = await loadPage();
		page.chooseInForm(AYU, { serviceId: "s-60" });
		expect(page.bookingForm(AYU).value).toMatchObject({
			isKept: false,
			fields: { serviceId: "s-60" },
		});
	});

	it.each([
		["no JSON", "{"],
		["a number", "7"],
		["fields that are none", '{"fields":3}'],
	])("starts empty from %s", async (_name, text) => {
		localStorage.setItem(KEY, text);
		page = await loadPage();
		expect(fields().customerName).toBe("");
	});

	it("keeps what is whole and leaves out what is not", async () => {
		const damaged = {
			fields: {
				customerName: "Budi",
				serviceId: 5,
				locationType: "moon",
				area: { a: 1 },
				when: "later",
			},
			attempt: { key: 7 },
			__proto__: { polluted: true },
		};
		localStorage.setItem(KEY, JSON.stringify(damaged));
		page = await loadPage();
		expect(fields()).toMatchObject({
			customerName: "Budi",
			serviceId: null,
			locationType: null,
			area: "",
			when: "later",
		});
	});
});

describe("what becomes of a form whose order became a booking (R28)", () => {
	const changeTo = async (change: Parameters<typeof booking>[0]) => {
		server.bookings = [booking({ version: 2, expiresAt: null, ...change })];
		await page.loadBooking("b-1");
	};

	beforeEach(async () => {
		server.user = budi;
		page = await loadPage();
		page.chooseInForm(AYU, { serviceId: "s-60", area: "Ubud" });
		const { markSent } = await import("./submitAttempts");
		markSent(AYU, "b-1");
	});

	it.each([
		["confirmed", { status: "user_confirmed", acceptedAt: "2026-03-10T04:01:00Z" }],
		["cancelled by the customer", { status: "cancelled", cancelReason: "customer_cancelled" }],
	] as const)("%s: cleared", async (_name, change) => {
		await changeTo(change);
		expect(fields().serviceId).toBeNull();
	});

	it.each(["declined", "answer_expired", "confirm_expired", "therapist_cancelled"] as const)(
		"%s: kept for another try",
		async (cancelReason) => {
			await changeTo({ status: "cancelled", cancelReason });
			expect(page.bookingForm(AYU).value).toMatchObject({
				bookingId: null,
				fields: { serviceId: "s-60" },
			});
		},
	);

	it("is not touched by another booking of the same therapist", async () => {
		server.bookings = [
			booking({ bookingId: "b-0", status: "cancelled", cancelReason: "customer_cancelled" }),
		];
		await page.loadBooking("b-0");
		expect(fields().serviceId).toBe("s-60");
	});
});
