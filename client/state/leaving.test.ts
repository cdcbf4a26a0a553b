import { beforeEach, describe, expect, it } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { budi, ROOM } from "../net/testing/samples";
import { filledIn } from "./testing/ordering";
import { freshDevice, loadPage, loadTabBeside, pass, type Seam } from "./testing/page";

const AYU = "t-ayu";
let server: FakeServer;
let page: Seam;

beforeEach(() => {
	server = freshDevice();
});

describe("signing out", () => {
	const things = () =>
		Object.keys(localStorage).filter((key) => /session_|outbox_|typed_|windows_|user/.test(key));

	beforeEach(async () => {
		server.user = budi;
		page = await loadPage();
		page.chooseInForm(AYU, { serviceId: "s-60" });
		page.typeInForm(AYU, { customerName: "Budi" });
		page.openBookingWindow(AYU);
		page.setTypedText(ROOM, "half");
	});

	it("removes everything private from the device, also what was about to be saved", async () => {
		expect(await page.signOut()).toMatchObject({ ok: true });
		await pass(10_000);
		expect(things()).toEqual([]);
		expect(page.bookingForm(AYU).value.fields).toMatchObject({ serviceId: null, customerName: "" });
	});

	it("removes nothing while the server does not answer: the session would live on", async () => {
		server.fate = () => "down";
		expect(await page.signOut()).toMatchObject({ ok: false, error: { code: "unreachable" } });
		expect(page.session.value.status).toBe("signed-in");
		expect(things().length).toBeGreaterThan(1);
	});

	it("signs out nobody who came in another tab meanwhile, and shows that person then", async () => {
		const other = { ...budi, id: "u-other" };
		server.user = other;
		expect(await page.signOut()).toMatchObject({ ok: true });
		await pass(100);
		expect(server.user).toEqual(other);
		expect(page.user.value?.id).toBe(other.id);
		expect(things()).toEqual(["tenang.user"]);
	});

	it("asks about a booking that another tab keeps", async () => {
		const other = await loadTabBeside();
		page.chooseInForm(AYU, filledIn);
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		void page.submitBooking(AYU, 175_000);
		await pass(4_000);
		expect(await other.signOut()).toMatchObject({ ok: false, error: { code: "unsent" } });
		expect(other.unsentOnDevice()).toMatchObject({ orders: 1 });
	});

	it("leaves what another person has to send on this device, who was never asked", async () => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "hello");
		await pass(10);
		server.user = { ...budi, id: "u-other", isGuest: false };
		await page.loadSession();
		server.fate = () => null;
		expect(await page.signOut()).toMatchObject({ ok: true });
		server.user = budi;
		page = await loadPage();
		await pass(100);
		expect(server.messages).toMatchObject([{ message: "hello" }]);
	});

	it("by the server alone leaves the things on the device, for that person only", async () => {
		await pass(1_000);
		server.user = null;
		page = await loadPage();
		expect(page.bookingForm(AYU).value.fields.customerName).toBe("");
		server.user = { ...budi, id: "u-other" };
		page = await loadPage();
		expect(page.bookingForm(AYU).value.fields.customerName).toBe("");
		server.user = budi;
		page = await loadPage();
		expect(page.bookingForm(AYU).value.fields.customerName).toBe("Budi");
	});
});
