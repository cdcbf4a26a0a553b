import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, json } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { ayu } from "../net/testing/samples";
import type { TherapistStatus } from "../net/types";
import { backOnline, freshDevice, loadPage, pass, type Seam, sleep } from "./testing/page";

let server: FakeServer;
let page: Seam;

const asks = () => server.to("GET", "/api/therapists");
const statuses = () => page.directory.value.value?.map(({ status }) => status);
const goes = (status: TherapistStatus) =>
	FakeSocket.last.say({ type: "therapist.status", therapistId: ayu.id, status });

beforeEach(async () => {
	server = freshDevice();
	page = await loadPage();
	FakeSocket.last.welcome();
	FakeSocket.last.pong();
	await page.loadDirectory();
});

describe("the directory (R1)", () => {
	it("is there, with the areas that can be chosen", () => {
		expect(page.directory.value).toMatchObject({ status: "ready", value: [{ id: ayu.id }] });
		expect(page.directoryAreas.value).toEqual(["Ubud"]);
	});

	it("follows availability live, also on the therapist's own page", async () => {
		await page.loadTherapist(ayu.id);
		goes("busy");
		expect(statuses()).toEqual(["busy"]);
		expect(page.therapistById(ayu.id).value.value?.status).toBe("busy");
	});

	it("asks once for a provider whom several parts of a page want, and anew when that is answered", async () => {
		const { id } = ayu;
		const singles = () => server.to("GET", `/api/therapists/${id}`).length;
		await Promise.all([page.loadTherapist(id), page.loadTherapist(id), page.loadTherapist(id)]);
		expect(singles()).toBe(1);
		server.fate = () => "down";
		await page.loadTherapist(id);
		server.fate = () => null;
		const before = singles();
		await page.loadTherapist(id);
		expect(singles()).toBe(before + 1);
		expect(page.therapistById(id).value.status).toBe("ready");
	});

	it("does not let an older list undo a change that came while it was asked for", async () => {
		let answer: (list: Response) => void = () => {};
		const { fetch } = server;
		server.fate = ({ path }) => (path === "/api/therapists" ? "hangs" : null);
		const slow = new Promise<Response>((resolve) => {
			answer = resolve;
		});
		globalThis.fetch = (input, init) =>
			String(input).startsWith("/api/therapists") ? slow : fetch(input, init);
		const loading = page.loadDirectory();
		goes("offline");
		answer(json({ items: [ayu], nextCursor: null, cursor: "0" }));
		await loading;
		expect(statuses()).toEqual(["offline"]);
	});

	it("whoever goes busy leaves the list of the available; whoever becomes free is fetched", async () => {
		page.setDirectoryFilters({ available: true });
		await pass(300);
		goes("busy");
		expect(statuses()).toEqual([]);
		goes("available");
		expect(statuses()).toEqual(["available"]);
		const before = asks().length;
		FakeSocket.last.say({ type: "therapist.status", therapistId: "t-new", status: "available" });
		FakeSocket.last.say({ type: "therapist.status", therapistId: "t-newer", status: "available" });
		await pass(300);
		expect(asks()).toHaveLength(before + 1);
	});

	it("is asked for every half minute while it is on the screen and the socket is missing", async () => {
		FakeSocket.last.cut();
		const end = page.followDirectory();
		const before = asks().length;
		await pass(95_000);
		expect(asks()).toHaveLength(before + 3);
		end();
		await pass(95_000);
		expect(asks()).toHaveLength(before + 3);
	});

	it("is asked for when the page is seen again without a socket, and never while one is open", async () => {
		const end = page.followDirectory();
		const before = asks().length;
		sleep(10_000);
		document.dispatchEvent(new Event("visibilitychange"));
		expect(asks()).toHaveLength(before);
		FakeSocket.last.cut();
		document.dispatchEvent(new Event("visibilitychange"));
		expect(asks()).toHaveLength(before + 1);
		end();
	});

	it("asks once for a word, after the last key", async () => {
		const before = asks().length;
		for (const q of ["m", "ma", "mas"]) page.setDirectoryFilters({ q });
		await pass(300);
		expect(asks()).toHaveLength(before + 1);
	});

	it("shows the answer to the last question, whichever comes last", async () => {
		const answers: ((response: Response) => void)[] = [];
		globalThis.fetch = () => new Promise((resolve) => answers.push(resolve));
		const seen: string[] = [];
		page.directory.subscribe(({ status }) => seen.push(status));
		const [first, second] = [page.loadDirectory(), page.loadDirectory()];
		const list = (displayName: string) =>
			json({ items: [{ ...ayu, displayName }], nextCursor: null, cursor: "0" });
		answers[1]?.(list("newer"));
		answers[0]?.(list("older"));
		await Promise.all([first, second]);
		expect(page.directory.value.value?.[0]?.displayName).toBe("newer");
		expect(seen).not.toContain("offline");
	});

	it("without a network keeps what it has and says from when it is; back by itself", async () => {
		server.fate = () => "down";
		const asOf = Date.now();
		sleep(60_000);
		await page.loadDirectory();
		expect(page.directory.value).toMatchObject({
			status: "offline",
			asOf,
			value: [{ id: ayu.id }],
		});
		server.fate = () => null;
		await backOnline();
		expect(page.directory.value.status).toBe("ready");
	});

	it("after a gap in the live changes asks for an old list again", async () => {
		sleep(60_000);
		const before = asks().length;
		await backOnline();
		expect(asks()).toHaveLength(before + 1);
	});
});
