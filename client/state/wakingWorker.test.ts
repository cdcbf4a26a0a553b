import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { booking, budi, ROOM } from "../net/testing/samples";
import { SYNC_TAG } from "../storage/news";
import { DeviceWithDatabase } from "./testing/database";
import { AYU, filledIn, PRICE } from "./testing/ordering";
import { freshDevice, pass, type Seam } from "./testing/page";

let server: FakeServer;
let page: Seam;
const register = vi.fn(async (_tag: string) => {});

/** The page goes off the screen. */
function hide(): void {
	vi.spyOn(document, "hidden", "get").mockReturnValue(true);
	document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(async () => {
	register.mockClear();
	const ready = Promise.resolve({ sync: { register } });
	Object.defineProperty(navigator, "serviceWorker", {
		configurable: true,
		value: { ready, controller: null, addEventListener() {}, register: () => ready },
	});
	server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	page = await new DeviceWithDatabase().load();
	await page.loadMessages(ROOM);
});

describe("the browser is asked to wake the worker (R31)", () => {
	it("when a message had no answer", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		await pass(100);
		expect(register).toHaveBeenCalledWith(SYNC_TAG);
	});

	it("when a booking had no answer", async () => {
		server.fate = () => "down";
		page.chooseInForm(AYU, filledIn);
		void page.submitBooking(AYU, PRICE);
		await pass(60_000);
		expect(register).toHaveBeenCalledWith(SYNC_TAG);
	});

	it("when the page goes while something is on its way, and not when nothing is", async () => {
		hide();
		await pass(100);
		expect(register).not.toHaveBeenCalled();
		server.fate = () => "hangs";
		page.send(ROOM, "hello");
		hide();
		await pass(100);
		expect(register).toHaveBeenCalledWith(SYNC_TAG);
	});
});
