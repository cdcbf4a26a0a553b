import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, json, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, ROOM, START } from "../net/testing/samples";
import type { Booking } from "../net/types";
import { backOnline, freshDevice, loadPage, pass, type Seam } from "./testing/page";

const AYU = "t-ayu";
let server: FakeServer;
let page: Seam;

const steps = () => page.windows.value.map(({ step }) => step);
const only = () => page.windows.value[0];
const fillIn = () =>
	page.chooseInForm(AYU, {
		serviceId: "s-60",
		when: "later",
		scheduledTime: new Date(START + 86_400_000).toISOString(),
		locationType: "villa",
		area: "Ubud",
		location: "Jalan Raya 1",
		massageFor: "male",
		customerName: "Budi",
		customerWhatsApp: "081234567890",
	});

beforeEach(async () => {
	server = freshDevice();
	page = await loadPage();
});

describe("the booking window", () => {
	it("goes from the form over sending to the chat by the booking's answer alone, with no channel at all (R4)", async () => {
		server.fate = ({ path }) => (path === "/api/events" ? "hangs" : null);
		fillIn();
		const id = page.openBookingWindow(AYU);
		page.goTo(id, "review");
		const outcome = page.submitBooking(AYU, 175_000);
		expect(steps()).toEqual(["sending"]);
		await pass(0);
		expect((await outcome).outcome).toBe("booked");
		expect(only()).toMatchObject({ step: "chat", bookingId: "b-1", conversationId: ROOM });
		expect(page.connection.value.isConnected).toBe(false);
		expect(Object.keys(localStorage)).not.toContain("windows_guest");
	});

	it("waits with a kept order, and opens the chat when it has gone out", async () => {
		fillIn();
		page.openBookingWindow(AYU);
		server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
		void page.submitBooking(AYU, 175_000);
		await pass(3_000);
		expect(steps()).toEqual(["waiting"]);
		server.fate = () => null;
		await backOnline();
		expect(steps()).toEqual(["chat"]);
	});

	it("is back at the review after a refusal, and leaves the person alone who then edits", async () => {
		fillIn();
		const id = page.openBookingWindow(AYU);
		server.fate = ({ method, path }) =>
			method === "POST" && path === "/api/bookings" ? refusal(409, "slot_taken") : null;
		await page.submitBooking(AYU, 175_000);
		expect(steps()).toEqual(["review"]);
		page.goTo(id, "form");
		page.typeInForm(AYU, { note: "x" });
		await pass(10_000);
		expect(steps()).toEqual(["form"]);
	});

	it("does not move a window because of another therapist's order", async () => {
		fillIn();
		const id = page.openBookingWindow(AYU);
		server.fate = ({ method, path }) =>
			method === "POST" && path === "/api/bookings" ? refusal(409, "slot_taken") : null;
		await page.submitBooking(AYU, 175_000);
		page.goTo(id, "form");
		page.chooseInForm("t-other", page.bookingForm(AYU).value.fields);
		await page.submitBooking("t-other", 175_000);
		expect(page.windows.value).toMatchObject([{ id: AYU, step: "form" }]);
	});

	it("a kept order that is being changed is not sent any more", async () => {
		fillIn();
		const id = page.openBookingWindow(AYU);
		server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
		void page.submitBooking(AYU, 175_000);
		await pass(3_000);
		page.goTo(id, "form");
		server.fate = () => null;
		await backOnline();
		await pass(60_000);
		expect(server.bookings).toHaveLength(0);
		expect(steps()).toEqual(["form"]);
	});

	it("is one per therapist, in front when opened again", () => {
		page.openBookingWindow(AYU);
		page.openBookingWindow("t-other");
		page.minimiseWindow(AYU, true);
		page.openBookingWindow(AYU);
		expect(page.windows.value.map(({ id }) => id)).toEqual(["t-other", AYU]);
		expect(page.windows.value.at(-1)?.isMinimised).toBe(false);
	});

	it("shows the chat of a booking that still waits, or the form to book again", async () => {
		server.user = budi;
		server.bookings = [booking()];
		page = await loadPage();
		page.openBookingWindow(AYU);
		expect(steps()).toEqual(["chat"]);
		page.openBookingWindow(AYU, true);
		expect(steps()).toEqual(["form"]);
	});
});

describe("after a reload", () => {
	it("the windows are back, in their steps", async () => {
		const id = page.openBookingWindow(AYU);
		page.goTo(id, "review");
		page.openBookingWindow("t-other");
		page.minimiseWindow("t-other", true);
		page = await loadPage();
		expect(page.windows.value).toMatchObject([
			{ id: AYU, step: "review", isMinimised: false },
			{ id: "t-other", step: "form", isMinimised: true },
		]);
	});

	it("a chat is back once its booking is found valid", async () => {
		server.user = budi;
		server.bookings = [booking()];
		page = await loadPage();
		page.openChat(ROOM);
		await pass(0);
		page = await loadPage();
		expect(steps()).toEqual(["chat"]);
	});

	it("a window that was sending waits with its order", async () => {
		fillIn();
		page.openBookingWindow(AYU);
		server.fate = ({ path }) => (path === "/api/bookings" ? "hangs" : null);
		void page.submitBooking(AYU, 175_000);
		await pass(10);
		page = await loadPage();
		expect(steps()).toEqual(["waiting"]);
		server.fate = () => null;
		await pass(20_000);
		expect(steps()).toEqual(["chat"]);
	});

	it.each(["{", '"x"', '[{"id":1}]', "[null]"])(
		"damaged windows (%s) are left out",
		async (text) => {
			localStorage.setItem("windows_guest", text);
			page = await loadPage();
			expect(page.windows.value).toEqual([]);
		},
	);

	it("of another person are not shown", async () => {
		server.user = budi;
		page = await loadPage();
		page.openBookingWindow(AYU);
		server.user = { ...budi, id: "u-other" };
		page = await loadPage();
		expect(page.windows.value).toEqual([]);
	});
});

describe("R7: no chat without a valid booking", () => {
	const parts: (keyof Booking)[] = [
		"bookingId",
		"customerId",
		"therapistId",
		"customerName",
		"therapistName",
		"status",
		"price",
		"currency",
		"duration",
		"location",
		"scheduledTime",
		"conversationId",
		"expiresAt",
	];
	const without = (field: keyof Booking) =>
		({ ...(field === "location" && { area: "" }), [field]: null }) as Partial<Booking>;
	const broken = (field: keyof Booking) => ({
		step: "closed",
		closedBecause: { why: "broken_booking", faults: [{ field, code: "missing" }] },
	});

	it.each(parts)("when the window opens: %s missing", async (field) => {
		server.user = budi;
		server.bookings = [{ ...booking(), ...without(field) }];
		page = await loadPage();
		server.fate = ({ path }) => (path === "/api/bookings/b-1" ? json(server.bookings[0]) : null);
		page.openChat(ROOM);
		await pass(0);
		expect(only()).toMatchObject(broken(field));
	});

	it.each(parts)("at the step to chat: %s missing in the answer", async (field) => {
		fillIn();
		page.openBookingWindow(AYU);
		server.change = without(field);
		await page.submitBooking(AYU, 175_000);
		expect(only()).toMatchObject(broken(field));
	});

	it.each(parts)(
		"when the booking changes: %s missing, and whole again when it is loaded anew",
		async (field) => {
			server.user = budi;
			server.bookings = [booking()];
			page = await loadPage();
			FakeSocket.last.welcome("c0");
			page.openChat(ROOM);
			await pass(0);
			expect(steps()).toEqual(["chat"]);
			const changed = { ...booking({ version: 2 }), ...without(field) };
			FakeSocket.last.say({
				type: "events",
				events: [{ seq: 1, type: "booking.changed", data: changed, at: "" }],
				cursor: "c1",
			});
			expect(only()).toMatchObject(broken(field));
			server.bookings = [booking({ version: 2 })];
			page.reopen(only()?.id ?? "");
			await pass(0);
			expect(steps()).toEqual(["chat"]);
		},
	);

	it("a broken booking on the device is asked for at the server before anything is said", async () => {
		server.user = budi;
		server.bookings = [{ ...booking(), ...without("price") }];
		page = await loadPage();
		server.fate = ({ path }) => (path === "/api/bookings/b-1" ? json(booking()) : null);
		page.openChat(ROOM);
		await pass(0);
		expect(steps()).toEqual(["chat"]);
	});

	it("a broken booking that comes again says what is wrong now, and opens the chat once it is whole", async () => {
		server.user = budi;
		server.bookings = [booking()];
		page = await loadPage();
		FakeSocket.last.welcome("c0");
		page.openChat(ROOM);
		await pass(0);
		const change = (seq: number, data: Partial<Booking>) =>
			FakeSocket.last.say({
				type: "events",
				events: [{ seq, type: "booking.changed", data: { ...booking(), ...data }, at: "" }],
				cursor: `c${seq}`,
			});
		change(1, { version: 2, ...without("price") });
		expect(only()).toMatchObject(broken("price"));
		change(2, { version: 3, ...without("duration") });
		expect(only()).toMatchObject(broken("duration"));
		change(3, { version: 4 });
		expect(steps()).toEqual(["chat"]);
	});

	it("a chat that is not the person's is closed with the reason", async () => {
		server.user = budi;
		page = await loadPage();
		server.fate = ({ path }) =>
			path.includes("/conversations/") ? refusal(404, "not_found") : null;
		page.openChat("customer_u-else_therapist_t-ayu");
		await pass(0);
		expect(only()).toMatchObject({
			step: "closed",
			closedBecause: { why: "refused", problem: { code: "not_found" } },
		});
	});

	it("a chat opened without a network waits and says why, and opens when it is back", async () => {
		server.user = budi;
		server.bookings = [booking()];
		page = await loadPage();
		page.closeWindow(ROOM);
		server.fate = () => "down";
		const { setFacts } = await import("./facts");
		const { noFacts } = await import("../sync/facts");
		setFacts(noFacts);
		page.openChat(ROOM);
		await pass(0);
		expect(only()).toMatchObject({ step: "opening", delay: { code: "unreachable" } });
		server.fate = () => null;
		await backOnline();
		expect(steps()).toEqual(["chat"]);
	});

	it("opens with the lists when they know its booking, while it is still being asked for by itself", async () => {
		server.user = budi;
		server.bookings = [booking()];
		server.fate = ({ path }) =>
			/^\/api\/(conversations\/|bookings\/)/.test(path) ? "hangs" : null;
		page = await loadPage();
		page.openChat(ROOM);
		await pass(0);
		expect(steps()).toEqual(["chat"]);
	});

	it("without anybody signed in a chat stays closed", async () => {
		page.openChat(ROOM);
		await pass(0);
		expect(only()).toMatchObject({
			step: "closed",
			closedBecause: { why: "refused", problem: { code: "sign_in_required" } },
		});
	});
});
