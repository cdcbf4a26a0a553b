import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, conversation, mark, message, ROOM } from "../net/testing/samples";
import type { StreamEvent } from "../net/types";
import { backOnline, freshDevice, loadPage, pass, type Seam } from "./testing/page";

let server: FakeServer;
let page: Seam;
let seq: number;

const posts = () => server.to("POST", `/api/conversations/${ROOM}/messages`);
const lines = () =>
	page.thread(ROOM).value.messages.map(({ text, state }) => (state ? `${text}: ${state}` : text));

type Told = Pick<StreamEvent, "type" | "data">;

function happens(...told: Told[]): void {
	const events = told.map((event) => ({ ...event, seq: ++seq, at: "" }) as StreamEvent);
	FakeSocket.last.say({ type: "events", events, cursor: `c${seq}` });
}

/** The next `count` messages meet `fate`, then all goes well. */
function nextPosts(count: number, fate: "lost" | "down" | "hangs" | Response): void {
	let left = count;
	server.fate = ({ method, path }) =>
		method === "POST" && path.endsWith("/messages") && left-- > 0 ? fate : null;
}

async function open(): Promise<void> {
	page = await loadPage();
	FakeSocket.last.welcome("c0");
	FakeSocket.last.pong();
	await page.loadMessages(ROOM);
}

beforeEach(async () => {
	seq = 0;
	server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	server.messages = [message(1), message(2)];
	await open();
});

describe("sending a message (R13)", () => {
	it("shows it at once as sending, then as sent, in the same place", async () => {
		const key = page.send(ROOM, "  hello ");
		expect(lines()).toEqual(["message 1", "message 2", "hello: sending"]);
		await pass(0);
		expect(lines()).toEqual(["message 1", "message 2", "hello: sent"]);
		expect(page.thread(ROOM).value.messages.at(-1)).toMatchObject({ key, seq: 3, own: true });
	});

	it("sends nothing for an empty text", () => {
		expect(page.send(ROOM, "  \n ")).toBeNull();
		expect(lines()).toHaveLength(2);
	});

	it("keeps the order in which they were written, one after the other", async () => {
		nextPosts(1, "down");
		for (const text of ["one", "two", "three"]) page.send(ROOM, text);
		await pass(5_000);
		expect(server.messages.slice(2).map((sent) => sent.message)).toEqual(["one", "two", "three"]);
		expect(lines().slice(2)).toEqual(["one: sent", "two: sent", "three: sent"]);
	});

	it("a lost answer: asked for again with the same id, one message", async () => {
		nextPosts(2, "lost");
		page.send(ROOM, "hello");
		await pass(10_000);
		expect(posts()).toHaveLength(3);
		expect(new Set(posts().map(({ body }) => body.clientId)).size).toBe(1);
		expect(lines().slice(2)).toEqual(["hello: sent"]);
	});

	it("a lost answer, and the event comes first: settled by the event, never doubled", async () => {
		nextPosts(1, "lost");
		page.send(ROOM, "hello");
		await pass(0);
		expect(lines().slice(2)).toEqual(["hello: waiting"]);
		happens({ type: "message.created", data: server.messages[2] ?? message(3) });
		expect(lines().slice(2)).toEqual(["hello: sent"]);
		await pass(60_000);
		expect(posts()).toHaveLength(1);
	});

	it("waits for the connection and says so, and goes out when it is back", async () => {
		server.fate = () => "down";
		page.send(ROOM, "hello");
		await pass(0);
		expect(lines().at(-1)).toBe("hello: waiting");
		server.fate = () => null;
		await backOnline();
		expect(lines().at(-1)).toBe("hello: sent");
	});

	it("survives a reload, the order with it", async () => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		for (const text of ["one", "two"]) page.send(ROOM, text);
		await pass(10);
		server.fate = () => null;
		await open();
		await pass(100);
		expect(lines().slice(2)).toEqual(["one: sent", "two: sent"]);
	});

	it("a refused one keeps its text with the reason, and does not stop what stands behind it", async () => {
		nextPosts(1, refusal(422, "contact_blocked", { reason: "phone", spans: [[5, 17]] }));
		page.send(ROOM, "call 081234567890");
		page.send(ROOM, "fine");
		await pass(100);
		expect(lines().slice(2)).toEqual(["fine: sent", "call 081234567890: failed"]);
		expect(page.thread(ROOM).value.messages.at(-1)?.problem).toMatchObject({ spans: [[5, 17]] });
	});

	it("a failed one can be sent again or removed, also after a reload", async () => {
		nextPosts(
			2,
			refusal(409, "chat_closed", { current: conversation({ version: 2, isOpen: false }) }),
		);
		page.send(ROOM, "one");
		page.send(ROOM, "two");
		await pass(100);
		expect(page.conversation(ROOM).value?.isOpen).toBe(false);
		await open();
		await pass(100);
		expect(lines().slice(2)).toEqual(["one: failed", "two: failed"]);
		const [one, two] = page.thread(ROOM).value.messages.slice(2);
		page.discard(one?.key ?? "");
		page.retry(two?.key ?? "");
		await pass(100);
		expect(lines().slice(2)).toEqual(["two: sent"]);
	});

	it("leaves the server alone as long as it asks for", async () => {
		nextPosts(1, refusal(429, "too_many_requests", {}, 9));
		page.send(ROOM, "hello");
		await backOnline();
		await pass(8_000);
		expect(posts()).toHaveLength(1);
		await pass(2_000);
		expect(lines().at(-1)).toBe("hello: sent");
	});

	it("belongs to the person who wrote it: another account neither sees nor sends it", async () => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "secret");
		page.setTypedText(ROOM, "half a secret");
		await pass(10);
		server.fate = () => null;
		server.user = { ...budi, id: "u-other" };
		await open();
		await pass(60_000);
		expect(lines()).toEqual(["message 1", "message 2"]);
		expect(page.typedText(ROOM)).toBe("");
		expect(posts()).toHaveLength(1);
	});
});

describe("how far a message has got (R13, R14)", () => {
	it("delivered and read follow the other side's marks, and never go back", async () => {
		page.send(ROOM, "hello");
		await pass(0);
		const marks = (delivered: number, read: number): Told => ({
			type: "conversation.marks",
			data: { conversationId: ROOM, marks: [mark("therapist", delivered, read)] },
		});
		happens(marks(3, 2));
		expect(lines().at(-1)).toBe("hello: delivered");
		happens(marks(3, 3));
		expect(lines().at(-1)).toBe("hello: read");
		happens(marks(2, 1));
		expect(lines().at(-1)).toBe("hello: read");
	});

	it("unread counts rise with messages and fall with reading, at once", async () => {
		happens(
			{ type: "message.created", data: message(3) },
			{ type: "message.created", data: message(4, { senderRole: "customer" }) },
		);
		expect(page.unreadTotal.value).toBe(3);
		server.fate = () => "down";
		void page.markRead(ROOM, 4);
		expect(page.unreadTotal.value).toBe(0);
		await pass(0);
		server.fate = () => null;
		await backOnline();
		expect(server.to("POST", `/api/conversations/${ROOM}/read`).at(-1)?.body).toEqual({ seq: 4 });
	});

	it("is not asked twice what was read already", async () => {
		await page.markRead(ROOM, 2);
		happens({
			type: "conversation.marks",
			data: { conversationId: ROOM, marks: [mark("customer", 2, 2)] },
		});
		await page.markRead(ROOM, 2);
		expect(server.to("POST", `/api/conversations/${ROOM}/read`)).toHaveLength(1);
	});
});

describe("what is typed", () => {
	it("survives a reload, and is gone when it was cleared", async () => {
		page.setTypedText(ROOM, "half a sent");
		await open();
		expect(page.typedText(ROOM)).toBe("half a sent");
		page.setTypedText(ROOM, "");
		await open();
		expect(page.typedText(ROOM)).toBe("");
	});
});

describe("history (R14)", () => {
	it("whose newest page was lost on a line that stayed is asked for again by itself", async () => {
		let left = 2;
		server.fate = ({ method, path }) =>
			method === "GET" && path.endsWith("/messages") && left-- > 0 ? "down" : null;
		await page.loadMessages(ROOM);
		expect(page.thread(ROOM).value.status).toBe("failed");
		await pass(3_100);
		expect(page.thread(ROOM).value.status).toBe("ready");
	});

	it("shows no hole: what lies below one comes with the older pages", async () => {
		server.messages = [message(7)];
		await open();
		expect(page.thread(ROOM).value).toMatchObject({ hasOlder: true, messages: [{ seq: 7 }] });
		server.messages = [1, 2, 3, 4, 5, 6].map((number) => message(number));
		await page.loadOlder(ROOM);
		expect(page.thread(ROOM).value.messages.map((line) => line.seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
		expect(page.thread(ROOM).value.hasOlder).toBe(false);
	});

	it("takes nothing from the screen while an own message is ahead of the stream (R13)", async () => {
		server.messages.push(message(3));
		page.send(ROOM, "hello");
		await pass(0);
		expect(lines()).toEqual(["message 1", "message 2", "hello: sent"]);
		happens({ type: "message.created", data: message(3) });
		expect(lines()).toEqual(["message 1", "message 2", "message 3", "hello: sent"]);
	});

	it("says when it could not be fetched, keeps what is there, and fetches it when it can", async () => {
		server.fate = () => "down";
		await page.loadMessages(ROOM);
		expect(page.thread(ROOM).value).toMatchObject({
			status: "failed",
			error: { code: "unreachable" },
		});
		expect(lines()).toHaveLength(2);
		server.messages.push(message(3));
		server.fate = () => null;
		await backOnline();
		expect(lines()).toHaveLength(3);
	});

	it("is fetched once for a chat that was begun before it is on the screen, and anew the next time", async () => {
		const gets = () => server.to("GET", `/api/conversations/${ROOM}/messages`).length;
		const before = gets();
		server.messages.push(message(3));
		page.beginThread(ROOM);
		await pass(0);
		page.openThread(ROOM);
		await pass(0);
		expect(gets()).toBe(before + 1);
		expect(lines()).toHaveLength(3);
		page.openThread(ROOM);
		await pass(0);
		expect(gets()).toBe(before + 2);
	});

	it("tells each message that comes once, in order, and none that the chat was opened with", async () => {
		const told: string[] = [];
		const end = page.eachNewMessage(ROOM, ({ message }) => told.push(message));
		await page.loadMessages(ROOM);
		expect(told).toEqual([]);
		happens(
			{ type: "message.created", data: message(3) },
			{ type: "message.created", data: message(4) },
		);
		await page.loadMessages(ROOM);
		expect(told).toEqual(["message 3", "message 4"]);
		end();
		happens({ type: "message.created", data: message(5) });
		expect(told).toHaveLength(2);
	});
});
