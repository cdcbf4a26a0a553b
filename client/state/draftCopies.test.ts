import { beforeEach, describe, expect, it, vi } from "vitest";
import { budi } from "../net/testing/samples";
import { DeviceWithDatabase } from "./testing/database";
import { AYU, filledIn, PRICE } from "./testing/ordering";
import { freshDevice, pass, type Seam } from "./testing/page";

const FORM = `session_${AYU}_${budi.id}`;
let server: ReturnType<typeof freshDevice>;
let device: DeviceWithDatabase;
let page: Seam;

/** Loads the page, and with it the form. */
async function open(): Promise<void> {
	page = await device.load();
	await import("./draftCopies");
	await pass(50);
}

/** What was written to localStorage since `before` is lost; what is in the database is not. */
async function killedAfter(before: Record<string, string>, ms = 300): Promise<void> {
	await pass(ms);
	// The last words of a page that is left would be written down.
	page.bookingForm(AYU);
	localStorage.clear();
	for (const [key, value] of Object.entries(before)) localStorage.setItem(key, value);
	await open();
}

const onDevice = () => ({ ...localStorage }) as Record<string, string>;
const shown = () => page.bookingForm(AYU).value;

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	device = new DeviceWithDatabase();
	await open();
});

describe("a browser that is killed (R25 R30)", () => {
	it("loses nothing of the last key, whatever came before it", async () => {
		const nothing = onDevice();
		for (const note of ["f", "fi", "fir", "firm"]) page.typeInForm(AYU, { note });
		// No clock runs on: what was begun with the last key is all there is.
		await killedAfter(nothing, 0);
		expect(shown().fields.note).toBe("firm");
	});

	it("loses nothing of what was typed a moment before", async () => {
		const nothing = onDevice();
		page.typeInForm(AYU, { customerName: "Budi", note: "firm" });
		await killedAfter(nothing);
		expect(shown()).toMatchObject({
			isFound: true,
			fields: { customerName: "Budi", note: "firm" },
		});
	});

	it("loses nothing of what was typed on top of an older save", async () => {
		page.chooseInForm(AYU, filledIn);
		const older = onDevice();
		page.typeInForm(AYU, { note: "second floor" });
		await pass(1_000);
		expect(onDevice()[FORM]).not.toBe(older[FORM]);
		await killedAfter(older);
		expect(shown()).toMatchObject({ asks: [], fields: { ...filledIn, note: "second floor" } });
	});

	it("does not bring back what was cleared", async () => {
		page.chooseInForm(AYU, filledIn);
		await pass(300);
		const older = onDevice();
		page.clearForm(AYU);
		await killedAfter(older);
		expect(shown().fields.customerName).toBe("");
		expect(onDevice()[FORM]).toBeUndefined();
	});

	it("leaves the order on its way as it is", async () => {
		server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
		page.chooseInForm(AYU, filledIn);
		void page.submitBooking(AYU, PRICE);
		await pass(4_000);
		const key = server.to("POST", "/api/bookings")[0]?.key;
		await killedAfter({});
		await vi.dynamicImportSettled();
		server.fate = () => null;
		await pass(60_000);
		expect(server.bookings).toHaveLength(1);
		expect(new Set(server.to("POST", "/api/bookings").map((sent) => sent.key))).toEqual(
			new Set([key]),
		);
	});
});

it("an order that was being changed when the browser was killed is not sent as it was before", async () => {
	server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
	page.chooseInForm(AYU, filledIn);
	void page.submitBooking(AYU, PRICE);
	await pass(4_000);
	const older = onDevice();
	page.typeInForm(AYU, { note: "no, wait" });
	await killedAfter(older);
	server.fate = () => null;
	await pass(60_000);
	expect(shown().fields.note).toBe("no, wait");
	expect(server.bookings).toEqual([]);
});

describe("the copy of a draft", () => {
	it("changes nothing where the device has kept the draft", async () => {
		page.chooseInForm(AYU, filledIn);
		await pass(300);
		const before = onDevice()[FORM];
		await open();
		expect(onDevice()[FORM]).toBe(before);
	});

	it("is not shown to another person", async () => {
		page.typeInForm(AYU, { customerName: "Budi" });
		await pass(300);
		server.user = { ...budi, id: "u-wayan" };
		await killedAfter({});
		expect(shown().fields.customerName).toBe("");
	});

	it("goes with a sign-out", async () => {
		page.typeInForm(AYU, { customerName: "Budi" });
		await pass(300);
		const leaving = page.signOut(true);
		await pass(500);
		await leaving;
		await pass(500);
		expect((await device.keys()).filter((key) => key.join().includes("draft:"))).toEqual([]);
	});

	it("goes with the draft of a booking that was confirmed", async () => {
		page.chooseInForm(AYU, filledIn);
		await pass(300);
		// A page on which no form is open.
		page = await device.load();
		const { dropDraft } = await import("./submitAttempts");
		dropDraft(AYU);
		await vi.dynamicImportSettled();
		await killedAfter({});
		expect(shown().fields.customerName).toBe("");
	});

	it("of what was filled in before anybody was known becomes the guest's", async () => {
		server.user = null;
		localStorage.clear();
		await open();
		page.typeInForm(AYU, { customerName: "Budi" });
		await pass(300);
		const making = page.ensureGuest("Budi");
		await pass(100);
		await making;
		await killedAfter({});
		expect(shown().fields.customerName).toBe("Budi");
		const keys = (await device.keys()).filter((key) => key.join().includes("draft:"));
		expect(keys).toEqual([["outbox", budi.id, `draft:${AYU}`]]);
	});
});
