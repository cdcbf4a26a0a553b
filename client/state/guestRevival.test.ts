import { beforeEach, describe, expect, it } from "vitest";
import { refusal } from "../net/testing/fakeServer";
import { DeviceWithDatabase } from "./testing/database";
import { AYU, filledIn, PRICE } from "./testing/ordering";
import { backOnline, freshDevice, pass, type Seam } from "./testing/page";

let server: ReturnType<typeof freshDevice>;
let device: DeviceWithDatabase;
let page: Seam;

beforeEach(async () => {
	server = freshDevice();
	device = new DeviceWithDatabase();
	page = await device.load();
	page.chooseInForm(AYU, filledIn);
});

/** The guest's name as the server was asked to make it, each time. */
const asked = () => server.to("POST", "/api/session/guest").length;

async function orderWhileNothingAnswers(): Promise<void> {
	server.fate = () => "down";
	void page.submitBooking(AYU, PRICE);
	await pass(6_000);
}

async function networkIsBack(): Promise<void> {
	server.fate = () => null;
	await backOnline();
	await pass(60_000);
}

describe("a guest (R10)", () => {
	it("is not made of an order that was given up before the network came back", async () => {
		await orderWhileNothingAnswers();
		page.discardUnsent(AYU);
		const before = asked();
		await networkIsBack();
		expect(asked()).toBe(before);
		expect(page.session.value.status).toBe("signed-out");
	});

	it("is not made of it after a reload either", async () => {
		await orderWhileNothingAnswers();
		page.clearForm(AYU);
		server.fate = () => null;
		page = await device.load();
		await networkIsBack();
		expect(page.session.value.status).toBe("signed-out");
		expect(server.bookings).toEqual([]);
	});

	it("who was made, and whose browser died with its cookie, is the same guest again", async () => {
		const making = page.ensureGuest("Budi");
		await pass(500);
		await making;
		const made = server.user?.id;
		server.user = null;
		page = await device.load();
		await pass(5_000);
		expect(made).toBeTruthy();
		expect(page.user.value?.id).toBe(made);
	});

	it("is the same again where the server does not know the zone of its browser", async () => {
		const unknown = { errors: [{ field: "timezone", code: "unknown", message: "" }] };
		server.fate = ({ path, body }) =>
			path === "/api/session/guest" && body.timezone ? refusal(422, "validation", unknown) : null;
		const making = page.ensureGuest("Budi");
		await pass(500);
		await making;
		const made = server.user?.id;
		server.user = null;
		page = await device.load();
		await pass(5_000);
		expect(made).toBeTruthy();
		expect(page.user.value?.id).toBe(made);
	});
});
