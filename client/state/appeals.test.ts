import { beforeEach, describe, expect, it } from "vitest";
import { type Asked, type FakeServer, json, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, notification, ROOM } from "../net/testing/samples";
import type { Appealed } from "./appeals";
import { freshDevice, loadPage, pass, type Seam } from "./testing/page";

const TEXT = "meet me at the back door";
const about: Appealed = { kind: "message", text: TEXT, conversationId: ROOM };

let server: FakeServer;
let page: Seam;
let appeals: typeof import("./appeals");
/** What the operator has said of every appeal so far. */
let status: "open" | "allowed";

/** Each text asked about so far, in order: the first is `a-1`. */
let texts: unknown[];
/** The notices that nobody has acknowledged, as the lists tell them. */
let unread: object[];

function answered({ method, path, body }: Asked) {
	if (path === "/api/notifications") return json({ items: unread, nextCursor: null, cursor: "c0" });
	if (method !== "POST" || path !== "/api/appeals") return null;
	if (status !== "open") return json({ id: null, status: "allowed" });
	if (!texts.includes(body.text)) texts.push(body.text);
	return json({ id: `a-${texts.indexOf(body.text) + 1}`, status }, 201);
}

async function load(): Promise<void> {
	page = await loadPage();
	appeals = await import("./appeals");
	FakeSocket.all.at(-1)?.welcome("c0");
	await pass(0);
}

const posts = () => server.to("POST", "/api/appeals");
const notice = (type: string, appealId: string) => ({
	...notification({ id: `n-${appealId}`, bookingId: "b-1", appealId }),
	type,
});
const judge = async (type: string, appealId: string) => {
	const data = notice(type, appealId);
	FakeSocket.last.say({
		type: "events",
		events: [{ seq: 1, type: "notification.created", data: data as never, at: "" }],
		cursor: "c1",
	});
	await pass(0);
};

const allow = (id = "a-1") => judge("message_allowed", id);
const reject = (id = "a-1") => judge("appeal_rejected", id);
const stands = (one: Appealed) => appeals.appealOf(one)?.status;

beforeEach(async () => {
	server = freshDevice();
	server.user = { ...budi };
	server.bookings = [booking()];
	server.fate = answered;
	status = "open";
	texts = [];
	unread = [];
	await load();
});

describe("I think this is wrong (R17)", () => {
	it("asks about the text as the server stores it, and remembers it for this conversation", async () => {
		const answer = await appeals.appeal({ ...about, text: ` ${TEXT}\r\n` }, "");
		expect(answer).toEqual({ ok: true, value: "open" });
		expect(posts()[0]?.body).toEqual(about);
		expect(appeals.appealOf(about)?.status).toBe("open");
		expect(appeals.appealOf({ ...about, conversationId: "another" })).toBeNull();
		expect(appeals.appealOf({ ...about, text: `${TEXT}!` })).toBeNull();
	});

	it("is remembered over a reload, and gone after signing out", async () => {
		await appeals.appeal(about, "");
		await load();
		expect(appeals.appealOf(about)?.status).toBe("open");
		await page.signOut();
		expect(appeals.appealOf(about)).toBeNull();
		expect(JSON.stringify(localStorage)).not.toContain(TEXT);
		server.user = { ...budi, id: "u-other" };
		await load();
		expect(appeals.appealOf(about)).toBeNull();
	});

	it("is answered at once where the server's own filter lets it pass", async () => {
		status = "allowed";
		await appeals.appeal(about, "");
		expect(appeals.appealOf(about)?.status).toBe("allowed");
	});

	it("keeps nothing of what did not arrive, or was refused", async () => {
		server.fate = () => "down";
		const lost = await appeals.appeal(about, "");
		expect(lost).toMatchObject({ ok: false, error: { code: "unreachable" } });
		server.fate = () => refusal(429, "too_many_requests", {}, 30);
		const early = await appeals.appeal(about, "");
		expect(early).toMatchObject({ ok: false, error: { retryAfter: 30_000 } });
		expect(appeals.appealOf(about)).toBeNull();
	});

	it("becomes a permission when the operator allows it, and no earlier", async () => {
		await appeals.appeal(about, "");
		await pass(10_000);
		expect(stands(about)).toBe("open");
		await allow();
		expect(stands(about)).toBe("allowed");
		await load();
		expect(stands(about)).toBe("allowed");
	});

	it.each([
		["allowed", allow],
		["rejected", reject],
	] as const)("each is judged (%s) by itself, and nothing is asked again", async (end, say) => {
		const other = { ...about, text: "another" };
		for (const one of [about, other]) await appeals.appeal(one, "");
		await say("a-2");
		expect([stands(about), stands(other)]).toEqual(["open", end]);
		expect(posts()).toHaveLength(2);
	});

	it("an unread rejection says nothing of what was asked since, at any start", async () => {
		const newer = { ...about, text: "another" };
		await appeals.appeal(about, "");
		unread = [notice("appeal_rejected", "a-1")];
		await reject();
		await appeals.appeal(newer, "");
		for (let start = 0; start < 2; start++) {
			await load();
			expect([stands(about), stands(newer)]).toEqual(["rejected", "open"]);
		}
		await allow("a-2");
		expect(stands(newer)).toBe("allowed");
	});

	it("a permission is given whatever was thought of the text before", async () => {
		await appeals.appeal(about, "");
		await reject();
		unread = [notice("message_allowed", "a-1")];
		await load();
		expect(stands(about)).toBe("allowed");
	});

	it("an unread permission that was used is no permission again", async () => {
		await appeals.appeal(about, "");
		unread = [notice("message_allowed", "a-1")];
		await load();
		appeals.spendPermission(about);
		await load();
		expect(appeals.appealOf(about)).toBeNull();
	});

	it("is asked about once at a start, where another device has taken the notice away", async () => {
		const other = { ...about, text: "another" };
		const used = { ...about, text: "used elsewhere" };
		for (const one of [about, other, used]) await appeals.appeal(one, "");
		const { fate } = server;
		const item = { kind: "message", conversationId: ROOM };
		const items = [
			{ ...item, id: "a-2", status: "open" },
			{ ...item, id: "a-1", status: "allowed" },
		];
		server.fate = (asked) =>
			asked.path === "/api/appeals" && asked.method === "GET" ? json({ items }) : fate(asked);
		await load();
		expect([about, other, used].map(stands)).toEqual(["allowed", "open", undefined]);
		expect(posts()).toHaveLength(3);
		expect(server.to("GET", "/api/appeals")).toHaveLength(1);
	});

	it("a permission that was used on another device is forgotten at a start", async () => {
		await appeals.appeal(about, "");
		await allow();
		const { fate } = server;
		server.fate = (asked) =>
			asked.path === "/api/appeals" && asked.method === "GET" ? json({ items: [] }) : fate(asked);
		await load();
		expect(stands(about)).toBeUndefined();
	});

	it.each([
		["still holds", "allowed", "allowed"],
		["has used", null, undefined],
	] as const)(
		"a refusal of a form leaves a permission that the server %s",
		async (_, told, end) => {
			await appeals.appeal(about, "");
			await allow();
			const { fate } = server;
			const items = told
				? [{ id: "a-1", kind: "message", conversationId: ROOM, status: told }]
				: [];
			server.fate = (asked) =>
				asked.path === "/api/appeals" && asked.method === "GET" ? json({ items }) : fate(asked);
			appeals.refusedAllTheSame(about);
			await pass(0);
			expect(stands(about)).toBe(end);
		},
	);

	it("what the filter here alone had refused is no permission against the server's", async () => {
		status = "allowed";
		await appeals.appeal(about, "");
		appeals.refusedAllTheSame(about);
		expect(stands(about)).toBeUndefined();
	});

	it("a notice that overtakes the answer to the asking is not lost", async () => {
		await allow();
		await appeals.appeal(about, "");
		expect(stands(about)).toBe("allowed");
	});

	it("a permission is good for one message; an open question stays", async () => {
		await appeals.appeal(about, "");
		appeals.spendPermission(about);
		expect(appeals.appealOf(about)?.status).toBe("open");
		status = "allowed";
		await appeals.appeal(about, "");
		appeals.spendPermission(about);
		expect(appeals.appealOf(about)).toBeNull();
		await load();
		expect(appeals.appealOf(about)).toBeNull();
	});

	it("makes a guest of whom nobody knows yet, so that there is somebody to tell", async () => {
		server.user = null;
		await load();
		const name: Appealed = { kind: "note", text: TEXT, conversationId: null };
		await appeals.appeal(name, "Budi");
		expect(server.to("POST", "/api/session/guest")[0]?.body.displayName).toBe("Budi");
		expect(appeals.appealOf(name)?.status).toBe("open");
		expect(page.owner.value).toBe(budi.id);
	});

	it("survives what is damaged on the device", async () => {
		localStorage.setItem(`appeals_${budi.id}`, '[null, {"kind":"message","text":5}, {"kind":"x"}]');
		await load();
		await appeals.appeal(about, "");
		expect(appeals.appealOf(about)?.status).toBe("open");
	});
});
