import { beforeEach, describe, expect, it, vi } from "vitest";
import { budi } from "../net/testing/samples";
import type { WaitingOrder } from "../storage/outboxDatabase";
import { DeviceWithDatabase } from "./testing/database";
import { AYU, filledIn, PRICE } from "./testing/ordering";
import { freshDevice, pass, type Seam } from "./testing/page";

let server: ReturnType<typeof freshDevice>;
let device: DeviceWithDatabase;
let page: Seam;

const sends = () => server.to("POST", "/api/bookings");

async function copies(owner: string): Promise<WaitingOrder[]> {
	const { readOrders } = await import("../storage/outboxDatabase");
	const reading = readOrders(owner);
	await pass(50);
	return (await reading) ?? [];
}

/** What the worker writes when it has sent the order of `owner`. */
async function workerSent(owner: string, more: Partial<WaitingOrder>): Promise<void> {
	const { noteOrder } = await import("../storage/outboxDatabase");
	const [order] = await copies(owner);
	if (!order) throw new Error("nothing waits");
	const noted = noteOrder(owner, { ...order, ...more });
	await pass(50);
	expect(await noted).toBe(true);
}

async function press(): Promise<void> {
	void page.submitBooking(AYU, PRICE);
	await pass(4_000);
}

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	device = new DeviceWithDatabase();
	page = await device.load();
	page.chooseInForm(AYU, filledIn);
	server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
});

describe("the copy of an order that the worker can send (R3 R31)", () => {
	it("is there while it waits, and gone when it is a booking", async () => {
		await press();
		expect(await copies(budi.id)).toMatchObject([
			{ therapistId: AYU, attempt: { key: sends()[0]?.key, order: { expectedPrice: PRICE } } },
		]);
		server.fate = () => null;
		await pass(10_000);
		expect(server.bookings).toHaveLength(1);
		expect(await copies(budi.id)).toEqual([]);
	});

	it("is there before the first answer: a tab that died while sending has left it", async () => {
		server.fate = ({ path }) => (path === "/api/bookings" ? "hangs" : null);
		void page.submitBooking(AYU, PRICE);
		await pass(50);
		expect(await copies(budi.id)).toHaveLength(1);
	});

	it("goes when the person changes the order: nothing is sent behind their back", async () => {
		await press();
		page.typeInForm(AYU, { note: "second floor" });
		await pass(50);
		expect(await copies(budi.id)).toEqual([]);
	});

	it("goes when another tab, which had found the draft before, starts fresh (R28)", async () => {
		const beside = await device.loadBeside();
		await press();
		expect(await copies(budi.id)).toHaveLength(1);
		beside.clearForm(AYU);
		await pass(50);
		expect(await copies(budi.id)).toEqual([]);
		const sent = sends().length;
		server.fate = () => null;
		page = await device.load();
		await pass(60_000);
		expect(sends()).toHaveLength(sent);
		expect(server.bookings).toEqual([]);
	});

	it("that became a booking is not asked about, however late the page comes back", async () => {
		page.chooseInForm(AYU, { when: "asap", scheduledTime: null });
		await press();
		const [{ attempt } = { attempt: null }] = await copies(budi.id);
		server.fate = () => null;
		await api(attempt?.key ?? "", attempt?.order);
		await workerSent(budi.id, { tries: 1, isBooked: true });
		vi.setSystemTime(Date.now() + 3_600_000);
		page = await device.load();
		await pass(1_000);
		expect(page.submission(AYU)).toEqual({ phase: "idle" });
		expect(page.bookingForm(AYU).value.bookingId).toBe("b-1");
		expect(server.bookings).toHaveLength(1);
	});

	it("is not waited for: with a database that never opens the order is sent all the same", async () => {
		device.breakOpening("blocked");
		page = await device.load();
		server.fate = () => null;
		await press();
		expect(server.bookings).toHaveLength(1);
	});

	it("keeps the key of an order that the worker sent without an answer, also after a refusal", async () => {
		server.fate = () => "down";
		page = await device.load();
		await press();
		const key = (await copies(budi.id))[0]?.attempt.key;
		await workerSent(budi.id, { tries: 1 });
		server.fate = () => null;
		const { keys } = await refusedThenPressed();
		expect(keys).toEqual(new Set([key]));
	});
});

/** The price is another one meanwhile; the person agrees and presses again. */
async function refusedThenPressed() {
	page.chooseInForm(AYU, {});
	void page.submitBooking(AYU, 1);
	await pass(1_000);
	void page.submitBooking(AYU, PRICE);
	await pass(5_000);
	expect(server.bookings).toHaveLength(1);
	return { keys: new Set(sends().map(({ key }) => key)) };
}

/** The worker's own request. */
async function api(key: string, order: unknown): Promise<void> {
	await fetch("/api/bookings", {
		method: "POST",
		headers: { "Idempotency-Key": key },
		body: JSON.stringify(order),
	});
}
