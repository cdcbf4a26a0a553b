import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeServer, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, ROOM } from "../net/testing/samples";
import { filledIn } from "./testing/ordering";
import { backOnline, freshDevice, loadPage, loadTabBeside, pass, type Seam } from "./testing/page";

const AYU = "t-ayu";
let server: FakeServer;
let page: Seam;

beforeEach(() => {
	server = freshDevice();
});

describe("who is at this device", () => {
	it("nobody: a socket for live availability, no lists", async () => {
		page = await loadPage();
		expect(page.session.value).toEqual({ status: "signed-out" });
		expect(FakeSocket.all).toHaveLength(1);
		expect(server.to("GET", "/api/bookings")).toEqual([]);
	});

	it("somebody: the lists are loaded and the stream goes on from the session's cursor", async () => {
		server.user = budi;
		server.bookings = [booking()];
		page = await loadPage();
		FakeSocket.last.accept();
		expect(page.session.value).toEqual({ status: "signed-in", user: budi });
		expect(page.pending.value.map(({ bookingId }) => bookingId)).toEqual(["b-1"]);
		expect(FakeSocket.last.frames("hello")).toEqual([{ type: "hello", v: 1, after: "c0" }]);
	});

	it("cannot be asked: says so with who was here before, and asks again by itself", async () => {
		server.user = budi;
		page = await loadPage();
		server.fate = () => "down";
		page = await loadPage();
		expect(page.session.value).toEqual({ status: "unreachable", lastUser: budi });
		server.fate = () => null;
		await pass(1_000);
		expect(page.session.value.status).toBe("signed-in");
	});

	it.each([
		"{",
		"7",
		'{"id":5,"role":"customer"}',
		'{"id":"u-1","role":"customer","displayName":{}}',
	])(
		"cannot be asked, and what is stored of the last person is damaged (%s): starts all the same",
		async (stored) => {
			localStorage.setItem("tenang.user", stored);
			server.fate = () => "down";
			page = await loadPage();
			expect(page.session.value.status).toBe("unreachable");
			expect(typeof (page.user.value?.displayName ?? "")).toBe("string");
		},
	);

	it("cannot be asked, and the network comes back: asks at once", async () => {
		server.fate = () => "down";
		page = await loadPage();
		await pass(20_000);
		server.fate = () => null;
		await backOnline();
		expect(page.session.value).toEqual({ status: "signed-out" });
	});

	it("signs in, or says why not", async () => {
		page = await loadPage();
		server.fate = ({ method }) =>
			method === "POST" ? refusal(401, "wrong_credentials", { detail: "No." }) : null;
		expect(await page.signIn("a@b.test", "x")).toMatchObject({
			ok: false,
			error: { code: "wrong_credentials", detail: "No." },
		});
		expect(page.session.value.status).toBe("signed-out");
	});

	it("is asked again when the server ends the session (4001), and the facts go", async () => {
		server.user = budi;
		server.bookings = [booking()];
		page = await loadPage();
		expect(page.bookings.value.size).toBe(1);
		FakeSocket.last.welcome("c0");
		server.user = null;
		FakeSocket.last.cut(4001);
		await pass(0);
		expect(page.session.value).toEqual({ status: "signed-out" });
		expect(page.bookings.value.size).toBe(0);
	});

	describe("ended by the server, and another tab has signed the same person in again", () => {
		beforeEach(async () => {
			server.user = budi;
			page = await loadPage();
			FakeSocket.last.welcome("c0");
		});

		it("connects again and loads the lists anew", async () => {
			server.bookings = [booking()];
			FakeSocket.last.cut(4001);
			await pass(0);
			expect(FakeSocket.all).toHaveLength(2);
			FakeSocket.last.welcome("c0");
			expect(page.connection.value.connectionType).toBe("websocket");
			expect(page.bookings.value.size).toBe(1);
		});

		it("does not ask without a pause when it ends at once every time", async () => {
			for (let time = 0; time < 20; time++) {
				FakeSocket.last.cut(4001);
				await pass(100);
			}
			expect(FakeSocket.all.length).toBeLessThan(4);
			await pass(5_000);
			FakeSocket.last.welcome("c0");
			expect(page.connection.value.connectionType).toBe("websocket");
		});
	});

	it("an older answer does not undo a newer one", async () => {
		page = await loadPage();
		const release = holdNextAnswer();
		const older = page.loadSession();
		await pass(0);
		server.user = budi;
		await page.loadSession();
		release();
		await older;
		expect(page.session.value.status).toBe("signed-in");
	});

	it("an older answer does not undo a guest made meanwhile, nor a sign-out", async () => {
		page = await loadPage();
		let release = holdNextAnswer();
		let older = page.loadSession();
		await pass(0);
		await page.ensureGuest("Budi");
		release();
		await older;
		expect(page.session.value.status).toBe("signed-in");
		release = holdNextAnswer();
		older = page.loadSession();
		await pass(0);
		await page.signOut();
		release();
		await older;
		expect(page.session.value.status).toBe("signed-out");
	});

	/** The server answers the next request at once, and the answer arrives when it is released. */
	function holdNextAnswer(): () => void {
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		vi.stubGlobal("fetch", async (...request: Parameters<typeof fetch>) => {
			vi.stubGlobal("fetch", server.fetch);
			const answer = await server.fetch(...request);
			await held;
			return answer;
		});
		return release;
	}
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
