import { beforeEach, describe, expect, it } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, message, ROOM } from "../net/testing/samples";
import { lastUserKey } from "../storage/keys";
import { postsTo } from "./testing/chatOnDevice";
import { fillDevice, freshDevice, loadPage, pass, type Seam } from "./testing/page";

const sari = { ...budi, id: "u-sari", displayName: "Sari" };

let server: FakeServer;
let page: Seam;

/** What a browser tells a page that it put away and takes out again. Nothing else reaches one meanwhile. */
const goAway = () => window.dispatchEvent(new Event("pagehide"));
const comeBack = () =>
	window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));

/** What another page of this browser leaves behind when somebody else has come there. */
function another(person: typeof budi | null): void {
	server.user = person;
	server.bookings = [];
	localStorage.setItem(lastUserKey, JSON.stringify(person));
}

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	page = await loadPage();
	FakeSocket.last.welcome("c0");
	const first = { seq: 1, type: "message.created" as const, data: message(1), at: "" };
	FakeSocket.last.say({ type: "events", events: [first], cursor: "c7" });
	await page.loadMessages(ROOM);
});

describe("a page that was kept for the way back", () => {
	it.each([
		["somebody else has signed in", sari],
		["its person has signed out", null],
	])("shows and sends nothing of its person when %s meanwhile", async (_name, person) => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "from Budi");
		await pass(0);
		goAway();
		another(person);
		server.fate = () => null;
		const before = postsTo(server).length;
		const sockets = FakeSocket.all.length;
		comeBack();
		expect(page.user.value).toBeNull();
		expect(page.pending.value).toEqual([]);
		await pass(60_000);
		expect(page.user.value?.id ?? null).toBe(person?.id ?? null);
		expect(postsTo(server)).toHaveLength(before);
		const cursors = FakeSocket.all.slice(sockets).map((socket) => {
			socket.accept();
			return socket.frames("hello")[0]?.after;
		});
		expect(cursors).not.toContain("c7");
	});

	it("goes on where it was when its person is still there, with what waited", async () => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "from Budi");
		await pass(0);
		goAway();
		server.fate = () => null;
		comeBack();
		expect(page.user.value?.id).toBe(budi.id);
		expect(page.pending.value).toHaveLength(1);
		await pass(1_000);
		FakeSocket.last.welcome("c0");
		await pass(1_000);
		expect(server.messages.map(({ message }) => message)).toEqual(["from Budi"]);
	});

	it("hears of somebody who has come meanwhile, when nobody was here", async () => {
		server.user = null;
		page = await loadPage();
		goAway();
		another(sari);
		comeBack();
		await pass(100);
		expect(page.user.value?.id).toBe(sari.id);
	});

	it("is its person's also on a device that takes nothing", async () => {
		localStorage.clear();
		fillDevice();
		page = await loadPage();
		goAway();
		comeBack();
		expect(page.user.value?.id).toBe(budi.id);
	});
});

describe("a frozen tab that goes on", () => {
	it("shows nothing of its person when somebody else has signed in meanwhile", async () => {
		document.dispatchEvent(new Event("freeze"));
		another(sari);
		document.dispatchEvent(new Event("resume"));
		expect(page.user.value).toBeNull();
		await pass(100);
		expect(page.user.value?.id).toBe(sari.id);
	});
});
