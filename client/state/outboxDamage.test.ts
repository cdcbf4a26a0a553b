import { beforeEach, describe, expect, it } from "vitest";
import type { FakeServer, Fate } from "../net/testing/fakeServer";
import { budi, ROOM, START } from "../net/testing/samples";
import { meetNextPosts, openChat, postsTo, sentTo } from "./testing/chatOnDevice";
import { loadPage, pass, type Seam } from "./testing/page";

let server: FakeServer;
let page: Seam;

const posts = () => postsTo(server);
const sent = () => sentTo(server);

const nextPosts = (count: number, fate: Fate) => meetNextPosts(server, count, fate);

beforeEach(async () => {
	({ server, page } = await openChat());
});

describe("what is damaged in the outbox", () => {
	const put = (clientId: string, entry: unknown) =>
		localStorage.setItem(`outbox_${budi.id}_${clientId}`, JSON.stringify(entry));
	const whole = { conversationId: ROOM, text: "hello", writtenAt: START, place: 1, refusal: null };

	it.each([
		["its time", { writtenAt: "yesterday" }],
		["its time, beyond every calendar", { writtenAt: 1e300 }],
		["its place", { place: -7.5 }],
		["its id", { clientId: 7 }],
		["its refusal", { refusal: "no" }],
		["everything but the text and its conversation", { writtenAt: {}, place: [], refusal: 3 }],
	])("%s: repaired and sent", async (_name, damage) => {
		put("c-9", { ...whole, ...damage });
		nextPosts(1, "down");
		page = await loadPage();
		await page.loadMessages(ROOM);
		const at = page.thread(ROOM).value.messages[0]?.at ?? Number.NaN;
		expect(() => new Intl.DateTimeFormat().format(at)).not.toThrow();
		await pass(1_000);
		expect(server.messages).toMatchObject([{ clientId: "c-9", message: "hello" }]);
	});

	it("a refusal's parts: left out, the refused text stays", async () => {
		const refusal = { code: "contact_blocked", status: 422, spans: "x", errors: 5, detail: {} };
		put("c-9", { ...whole, refusal });
		page = await loadPage();
		await page.loadMessages(ROOM);
		const [line] = page.thread(ROOM).value.messages;
		expect(line).toMatchObject({ text: "hello", state: "failed", problem: { spans: [] } });
		expect(posts()).toEqual([]);
	});

	it.each([
		["no object", 7],
		["a list", []],
		["null", null],
		["no text", { ...whole, text: 5 }],
	])("%s: passed over, and what stands behind it is sent", async (_name, entry) => {
		put("c-1", entry);
		put("c-2", { ...whole, place: 2, text: "fine" });
		page = await loadPage();
		await pass(100);
		expect(sent()).toEqual(["fine"]);
	});

	it("a place too high to count on: what is written next still stands behind what waits", async () => {
		server.fate = () => "down";
		put("c-1", { ...whole, place: Number.MAX_VALUE, text: "one" });
		page = await loadPage();
		page.send(ROOM, "two");
		server.fate = () => null;
		page = await loadPage();
		await pass(100);
		expect(sent()).toEqual(["one", "two"]);
	});
});
