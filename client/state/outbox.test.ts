import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeServer, type Fate, refusal } from "../net/testing/fakeServer";
import { ayuUser, budi, ROOM, START } from "../net/testing/samples";
import { meetNextPosts, openChat, postsTo, sentTo } from "./testing/chatOnDevice";
import { backOnline, fillDevice, loadPage, pass, type Seam } from "./testing/page";

const HOUR = 3_600_000;
let server: FakeServer;
let page: Seam;

const posts = () => postsTo(server);
const sent = () => sentTo(server);

const nextPosts = (count: number, fate: Fate) => meetNextPosts(server, count, fate);

beforeEach(async () => {
	({ server, page } = await openChat());
});

describe("a device clock that is set while messages wait", () => {
	it.each([-HOUR, HOUR])("by %i ms: what the server sent away goes out in time", async (jump) => {
		nextPosts(1, refusal(429, "too_many_requests", {}, 9));
		page.send(ROOM, "hello");
		await pass(1_000);
		vi.setSystemTime(START + jump);
		await backOnline();
		expect(posts()).toHaveLength(1);
		await pass(8_000);
		expect(sent()).toEqual(["hello"]);
	});

	it("back: what was written after still stands after, over a reload", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		vi.setSystemTime(START - HOUR);
		page.send(ROOM, "two");
		page = await loadPage();
		vi.setSystemTime(START - 2 * HOUR);
		page.send(ROOM, "three");
		server.fate = () => null;
		page = await loadPage();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two", "three"]);
	});

	it("back: what was removed leaves no place that is given twice", async () => {
		nextPosts(1, refusal(422, "contact_blocked"));
		const key = page.send(ROOM, "refused") ?? "";
		await pass(0);
		server.fate = () => "down";
		for (const text of ["one", "two"]) page.send(ROOM, text);
		page.discard(key);
		for (const text of ["three", "four", "five"]) page.send(ROOM, text);
		server.fate = () => null;
		page = await loadPage();
		await pass(1_000);
		expect(sent()).toEqual(["one", "two", "three", "four", "five"]);
	});

	it("never makes a wait outlive the page: after a reload it is sent at once", async () => {
		nextPosts(1, refusal(429, "too_many_requests", {}, 3_000));
		page.send(ROOM, "hello");
		await pass(0);
		vi.setSystemTime(START - HOUR);
		page = await loadPage();
		expect(sent()).toEqual(["hello"]);
	});
});

describe("a connection that comes back", () => {
	it("is not missed by a message whose attempt still hangs in the old one", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		await pass(31_000);
		server.fate = ({ method }) => (method === "POST" ? "hangs" : null);
		await pass(30_000);
		const hanging = posts().length;
		server.fate = () => null;
		await backOnline();
		expect(posts()).toHaveLength(hanging);
		await pass(11_000);
		expect(sent()).toEqual(["hello"]);
	});
});

describe("a device that is full", () => {
	it("sends all the same, and the browser asks before a page with an unsent message goes", async () => {
		const mayLeave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
		server.fate = () => "down";
		page.send(ROOM, "kept");
		expect(mayLeave()).toBe(true);
		fillDevice();
		page.send(ROOM, "not kept");
		expect(mayLeave()).toBe(false);
		await pass(0);
		server.fate = () => null;
		await backOnline();
		expect(sent()).toEqual(["kept", "not kept"]);
		expect(mayLeave()).toBe(true);
	});
});

describe("a session that has ended without a word on the socket", () => {
	it("is found out by the first message that is refused for it, which waits for its writer", async () => {
		server.fate = ({ method, path }) => {
			if (path === "/api/events") return "hangs";
			return method === "POST" ? refusal(401, "sign_in_required") : null;
		};
		server.user = null;
		page.send(ROOM, "hello");
		await pass(2_000);
		expect(page.session.value.status).toBe("signed-out");
		const tries = posts().length;
		await pass(60_000);
		expect(posts()).toHaveLength(tries);
		server.fate = () => null;
		server.user = budi;
		await page.loadSession();
		await pass(1_000);
		expect(sent()).toEqual(["hello"]);
	});

	it("is not used by a message when it is the other member's by now, who signed in in another tab", async () => {
		server.fate = ({ method }) => {
			if (method === "POST") server.user = ayuUser;
			return null;
		};
		page.send(ROOM, "hello");
		await pass(2_000);
		expect(sent()).toEqual([]);
		expect(page.user.value?.id).toBe(ayuUser.id);
		server.fate = () => null;
		server.user = budi;
		await page.loadSession();
		await pass(1_000);
		expect(sent()).toEqual(["hello"]);
	});

	it("is not taken for ended where the server still knows the person: it is tried again", async () => {
		nextPosts(1, refusal(401, "sign_in_required"));
		page.send(ROOM, "hello");
		await pass(3_000);
		expect(page.session.value.status).toBe("signed-in");
		expect(sent()).toEqual(["hello"]);
	});
});

describe("a chat that the server says it does not know", () => {
	const stateOf = () => page.thread(ROOM).value.messages.at(-1)?.state;

	it("is no refusal when somebody else has signed in in another tab a moment ago", async () => {
		server.fate = ({ method }) => {
			if (method !== "POST") return null;
			server.user = { ...budi, id: "u-sari" };
			return refusal(404, "not_found");
		};
		page.send(ROOM, "hello");
		await pass(100);
		expect(stateOf()).toBe("waiting");
		server.fate = () => null;
		server.user = budi;
		await pass(1_000);
		expect(sent()).toEqual(["hello"]);
	});

	it("is one to whom it is said: the text stays, and is not sent again", async () => {
		server.fate = ({ method }) => (method === "POST" ? refusal(404, "not_found") : null);
		page.send(ROOM, "hello");
		await pass(60_000);
		expect(stateOf()).toBe("failed");
		expect(posts()).toHaveLength(1);
	});
});
