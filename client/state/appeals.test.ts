import { beforeEach, describe, expect, it } from "vitest";
import { type Asked, type FakeServer, json, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, notification, ROOM } from "../net/testing/samples";
import type { Appealed } from "./appeals";
import { backOnline, freshDevice, loadPage, pass, type Seam } from "./testing/page";

const TEXT = "meet me at the back door";
const about: Appealed = { kind: "message", text: TEXT, conversationId: ROOM };

let server: FakeServer;
let page: Seam;
let appeals: typeof import("./appeals");
/** What the operator has said of every appeal so far. */
let status: "open" | "allowed";

function answered({ method, path }: Asked) {
	if (method !== "POST" || path !== "/api/appeals") return null;
	return status === "open"
		? json({ id: "a-1", status }, 201)
		: json({ id: null, status: "allowed" });
}

async function load(): Promise<void> {
	page = await loadPage();
	appeals = await import("./appeals");
	FakeSocket.all.at(-1)?.welcome("c0");
	await pass(0);
}

const posts = () => server.to("POST", "/api/appeals");
const judge = async (type: string, id: string) => {
	const data = { ...notification({ id, bookingId: "b-1" }), type };
	FakeSocket.last.say({
		type: "events",
		events: [{ seq: 1, type: "notification.created", data: data as never, at: "" }],
		cursor: "c1",
	});
	await pass(0);
};

const allow = (id = "n-1") => judge("message_allowed", id);
const reject = (id = "n-1") => judge("appeal_rejected", id);

beforeEach(async () => {
	server = freshDevice();
	server.user = { ...budi };
	server.bookings = [booking()];
	server.fate = answered;
	status = "open";
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
		status = "allowed";
		await pass(10_000);
		expect(appeals.appealOf(about)?.status).toBe("open");
		await allow();
		expect(appeals.appealOf(about)?.status).toBe("allowed");
		await load();
		expect(appeals.appealOf(about)?.status).toBe("allowed");
	});

	it("asks after each open one only once a notice, and not after what is allowed", async () => {
		await appeals.appeal(about, "");
		await appeals.appeal({ ...about, text: "another" }, "");
		const before = posts().length;
		status = "allowed";
		await allow();
		await allow();
		expect(posts().length - before).toBe(2);
		await allow("n-2");
		expect(posts().length - before).toBe(2);
	});

	it("stays refused when the operator says so, and nothing is asked again", async () => {
		await appeals.appeal(about, "");
		await reject();
		expect(appeals.appealOf(about)?.status).toBe("rejected");
		expect(posts()).toHaveLength(1);
	});

	it("can be asked about anew where it is not known which one was rejected", async () => {
		const other = { ...about, text: "another" };
		const elsewhere = { ...about, conversationId: "elsewhere" };
		for (const one of [about, other, elsewhere]) await appeals.appeal(one, "");
		await reject();
		expect([about, other, elsewhere].map((one) => appeals.appealOf(one)?.status)).toEqual([
			undefined,
			undefined,
			"open",
		]);
	});

	it("hears of it later when the line was dead as the notice came", async () => {
		await appeals.appeal(about, "");
		status = "allowed";
		server.fate = (asked) => (asked.path === "/api/appeals" ? "down" : null);
		await allow();
		expect(appeals.appealOf(about)?.status).toBe("open");
		server.fate = answered;
		await backOnline();
		await pass(5_000);
		expect(appeals.appealOf(about)?.status).toBe("allowed");
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
