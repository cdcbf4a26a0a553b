import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeServer, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi } from "../net/testing/samples";
import { backOnline, freshDevice, loadPage, pass, type Seam } from "./testing/page";

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
