import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, json } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { ayuUser, budi, conversation, mark, message, ROOM } from "../net/testing/samples";
import type { Conversation, User } from "../net/types";
import { freshDevice, loadPage, pass, type Seam } from "./testing/page";

let server: FakeServer;
let page: Seam;

async function signedInAs(user: User, ...rooms: Conversation[]): Promise<void> {
	server.user = user;
	server.fate = ({ path }) =>
		path === "/api/conversations" ? json({ items: rooms, nextCursor: null, cursor: "c0" }) : null;
	page = await loadPage();
}

const room = () => page.conversation(ROOM).value;

beforeEach(() => {
	server = freshDevice();
});

describe("conversations (R14)", () => {
	it("stand in the order of their last messages", async () => {
		const other = "customer_u-budi_therapist_t-other";
		await signedInAs(
			budi,
			conversation({ lastMessage: message(1) }),
			conversation({ id: other, lastMessage: message(9, { conversationId: other }) }),
		);
		expect(page.conversations.value.map(({ id }) => id)).toEqual([other, ROOM]);
	});

	it("know whose side the person is on", async () => {
		await signedInAs(budi, conversation());
		expect(room()?.ownRole).toBe("customer");
		await signedInAs(ayuUser, conversation());
		expect(room()?.ownRole).toBe("therapist");
	});

	it.each([
		["nothing read", 0, 5],
		["some of it read", 8, 2],
		["all of it read", 10, 0],
	])(
		"count as unread what the server counted, as far as it still is: %s",
		async (_name, read, unread) => {
			const marks = [mark("customer", 10, read)];
			await signedInAs(budi, conversation({ unreadCount: 5, lastMessage: message(10), marks }));
			expect(room()?.unreadCount).toBe(unread);
			expect(page.unreadTotal.value).toBe(unread);
		},
	);

	it("what was read is told again until the server knows, while it stays connected", async () => {
		await signedInAs(budi, conversation({ unreadCount: 3, lastMessage: message(3) }));
		FakeSocket.last.welcome("c0");
		const listed = server.fate;
		const tells = () => server.to("POST", `/api/conversations/${ROOM}/read`);
		server.fate = (asked) => (asked.path.endsWith("/read") ? "down" : listed(asked));
		void page.markRead(ROOM, 2);
		void page.markRead(ROOM, 3);
		await pass(1_000);
		expect(tells().at(-1)?.body).toEqual({ seq: 3 });
		server.fate = listed;
		await pass(60_000);
		const told = tells().length;
		await pass(600_000);
		expect(tells()).toHaveLength(told);
		expect(tells().at(-1)?.body).toEqual({ seq: 3 });
		expect(told).toBeLessThan(6);
	});

	it("own messages are never unread", async () => {
		await signedInAs(ayuUser, conversation({ unreadCount: 0, lastMessage: message(3) }));
		expect(page.unreadTotal.value).toBe(0);
	});
});
