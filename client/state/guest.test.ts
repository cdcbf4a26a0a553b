import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, refusal } from "../net/testing/fakeServer";
import { freshDevice, loadPage, type Seam } from "./testing/page";

const AYU = "t-ayu";
let server: FakeServer;
let page: Seam;

beforeEach(() => {
	server = freshDevice();
});

describe("a guest is made when one is needed (R10)", () => {
	beforeEach(async () => {
		page = await loadPage();
	});

	it("once, however often it is asked for", async () => {
		const made = await Promise.all([page.ensureGuest("Budi"), page.ensureGuest("Budi")]);
		expect(made.map((result) => result.ok)).toEqual([true, true]);
		expect(server.guests.size).toBe(1);
	});

	it("once, also when the answer was lost and the page reloaded", async () => {
		server.fate = ({ path }) => (path.endsWith("/guest") ? "lost" : null);
		expect((await page.ensureGuest("Budi")).ok).toBe(false);
		server.user = null;
		server.fate = () => null;
		page = await loadPage();
		expect(await page.ensureGuest("Budi")).toMatchObject({ ok: true });
		expect(server.guests.size).toBe(1);
	});

	it("who types another name than the one whose answer was lost does not become that guest", async () => {
		server.fate = ({ path }) => (path.endsWith("/guest") ? "lost" : null);
		expect((await page.ensureGuest("Budi")).ok).toBe(false);
		server.user = null;
		server.fate = () => null;
		expect(await page.ensureGuest("Siti")).toMatchObject({
			ok: true,
			value: { displayName: "Siti" },
		});
		expect(server.guests.size).toBe(2);
	});

	it.each(["contact_blocked", "validation", "guest_key_reused"])(
		"a key that was refused (%s) is not used again",
		async (code) => {
			server.fate = ({ path }) => (path.endsWith("/guest") ? refusal(422, code) : null);
			expect(await page.ensureGuest("Budi")).toMatchObject({ ok: false, error: { code } });
			server.fate = () => null;
			expect(await page.ensureGuest("Budi")).toMatchObject({ ok: true });
			const [refused, taken] = server.to("POST", "/api/session/guest");
			expect(taken?.body.guestKey).not.toBe(refused?.body.guestKey);
		},
	);

	it("without a time zone where the server does not know the browser's", async () => {
		const errors = [{ field: "timezone", code: "unknown", message: "" }];
		server.fate = ({ path, body }) =>
			path.endsWith("/guest") && "timezone" in body ? refusal(422, "validation", { errors }) : null;
		expect(await page.ensureGuest("Budi")).toMatchObject({ ok: true });
	});

	it("the key is unguessable and leaves the device once it is answered", async () => {
		let sent = "";
		server.fate = ({ path, body }) => {
			if (path.endsWith("/guest")) sent = String(body.guestKey);
			return null;
		};
		await page.ensureGuest("Budi");
		expect(sent).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify({ ...localStorage })).not.toContain(sent);
	});

	it("a damaged key on the device is replaced", async () => {
		localStorage.setItem("tenang.guest", '{"guestKey":7,"displayName":{}}');
		expect(await page.ensureGuest("Budi")).toMatchObject({ ok: true });
		expect([...server.guests.keys()][0]).toMatch(/^[0-9a-f]{64}$/);
	});

	it("what was filled in before belongs to the guest from then on", async () => {
		page.chooseInForm(AYU, { serviceId: "s-60" });
		page.typeInForm("t-other", { customerName: "Budi" });
		await page.ensureGuest("Budi");
		page = await loadPage();
		expect(page.bookingForm(AYU).value.fields.serviceId).toBe("s-60");
		expect(page.bookingForm("t-other").value.fields.customerName).toBe("Budi");
		expect(Object.keys(localStorage).filter((key) => key.endsWith("_guest"))).toEqual([]);
	});
});
