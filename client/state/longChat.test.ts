import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { booking, budi, mark, message, ROOM } from "../net/testing/samples";
import type { StreamEvent } from "../net/types";
import { freshDevice, loadPage, type Seam } from "./testing/page";

const LENGTH = 50;

let server: FakeServer;
let page: Seam;
let seq = 0;

function happens(event: Pick<StreamEvent, "type" | "data">): void {
	seq += 1;
	const events = [{ ...event, seq, at: "" }] as StreamEvent[];
	FakeSocket.last.say({ type: "events", events, cursor: `c${seq}` });
}

const lines = () => page.thread(ROOM).value.messages;
const comes = (number: number) => happens({ type: "message.created", data: message(number) });

beforeEach(async () => {
	seq = 0;
	server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	server.messages = Array.from({ length: LENGTH }, (_, at) =>
		message(at + 1, { senderRole: at % 2 ? "customer" : "therapist" }),
	);
	page = await loadPage();
	FakeSocket.last.welcome("c0");
	FakeSocket.last.pong();
	await page.loadMessages(ROOM);
});

describe("a long chat costs what is new in it, not what is there", () => {
	it("one message more makes one line more, and no other anew", () => {
		const before = lines();
		expect(before).toHaveLength(LENGTH);
		const parsing = vi.spyOn(Date, "parse");
		comes(LENGTH + 1);
		const after = lines();
		expect(after).toHaveLength(LENGTH + 1);
		expect(after.filter((line) => !before.includes(line))).toHaveLength(1);
		expect(parsing.mock.calls.length).toBeLessThan(10);
	});

	it("a mark makes anew the lines whose state it changes, and no other", () => {
		const before = lines();
		const marks = [mark("therapist", LENGTH, 10)];
		happens({ type: "conversation.marks", data: { conversationId: ROOM, marks } });
		const changed = lines().filter((line) => !before.includes(line));
		expect(changed.length).toBeGreaterThan(0);
		expect(changed.every(({ own }) => own)).toBe(true);
	});
});
