import { describe, expect, it } from "vitest";
import { cardMessage } from "../net/testing/fakePayments";
import { booking, conversation, mark, message, notification, ROOM } from "../net/testing/samples";
import type { StreamEvent } from "../net/types";
import { apply, applyAll, type Fact } from "./apply";
import { noFacts } from "./facts";

const NOW = "2026-03-10T04:00:00Z";

/** A whole story of one booking, as the server would number it. */
const story: StreamEvent[] = (
	[
		{ type: "booking.created", data: booking({ version: 1 }) },
		{ type: "conversation.opened", data: conversation({ version: 1 }) },
		{ type: "notification.created", data: notification({ level: 0 }) },
		{ type: "message.created", data: message(1) },
		{ type: "message.created", data: message(2) },
		{ type: "conversation.marks", data: { conversationId: ROOM, marks: [mark("customer", 2, 0)] } },
		{ type: "notification.created", data: notification({ level: 1 }) },
		{ type: "booking.changed", data: booking({ version: 2, status: "therapist_accepted" }) },
		{ type: "message.created", data: message(3) },
		{ type: "conversation.marks", data: { conversationId: ROOM, marks: [mark("customer", 3, 3)] } },
		{ type: "notification.acknowledged", data: notification({ level: 1, acknowledgedAt: NOW }) },
		{ type: "booking.changed", data: booking({ version: 3, status: "user_confirmed" }) },
		{ type: "conversation.closed", data: conversation({ version: 2, isOpen: false }) },
		{ type: "message.created", data: cardMessage(4) },
		{ type: "message.changed", data: cardMessage(4, { isOutdated: true }) },
		{ type: "draft.changed", data: { therapistId: "t-ayu", version: 4 } },
		{ type: "draft.changed", data: { therapistId: "t-ayu", version: 5 } },
	] as const
).map((event, at) => ({ ...event, seq: at + 1, at: NOW }) as StreamEvent);

/** A random order that a failing run can be repeated with. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
	let state = seed;
	const random = () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return state / 2_147_483_648;
	};
	const mixed = [...items];
	for (let at = mixed.length - 1; at > 0; at--) {
		const other = Math.floor(random() * (at + 1));
		[mixed[at], mixed[other]] = [mixed[other] as Item, mixed[at] as Item];
	}
	return mixed;
}

describe("apply: server facts enter the state once, whatever the order (R21)", () => {
	const expected = applyAll(noFacts, story);

	it("tells the story as it ended", () => {
		expect(expected.bookings.get("b-1")?.status).toBe("user_confirmed");
		expect(expected.conversations.get(ROOM)?.isOpen).toBe(false);
		expect(expected.messages.get(ROOM)?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
		expect(expected.messages.get(ROOM)?.at(-1)?.paymentCard?.isOutdated).toBe(true);
		expect(expected.marks.get(ROOM)).toContainEqual(mark("customer", 3, 3));
		expect(expected.notifications.get("n-1")?.acknowledgedAt).toBe(NOW);
		expect(expected.drafts.get("t-ayu")).toBe(5);
	});

	it("ends the same for 300 shuffled streams with every event doubled", () => {
		for (let seed = 1; seed <= 300; seed++) {
			const stream = shuffled([...story, ...story], seed);
			expect(applyAll(noFacts, stream), `seed ${seed}`).toEqual(expected);
		}
	});

	it("ends the same when the stream is cut anywhere and begins again at any earlier place", () => {
		for (let cut = 0; cut <= story.length; cut++) {
			for (let back = 0; back <= cut; back++) {
				const stream = [...story.slice(0, cut), ...story.slice(back)];
				expect(applyAll(noFacts, stream)).toEqual(expected);
			}
		}
	});

	it("keeps the state untouched for an event it holds already", () => {
		const again = apply(expected, { type: "message", data: message(2) });
		expect(again.messages).toBe(expected.messages);
	});

	it("does not change the facts it was given", () => {
		const before = applyAll(noFacts, story.slice(0, 5));
		const copy = structuredClone(before);
		applyAll(before, story);
		expect(before).toEqual(copy);
	});

	it("passes over what it cannot read, and goes on", () => {
		const broken = [
			{ type: "message.created", data: null },
			{ type: "conversation.opened", data: { id: ROOM } },
			{ type: "of.tomorrow", data: {} },
		] as unknown as Fact[];
		expect(applyAll(noFacts, [...broken, ...story])).toEqual(expected);
	});

	it("takes the lower unread count up to the same message, in whatever order the two are told", () => {
		const told = (unreadCount: number): Fact => ({
			type: "conversation",
			data: conversation({ lastMessage: message(10), unreadCount }),
		});
		for (const order of [
			[told(5), told(1)],
			[told(1), told(5)],
		]) {
			expect(applyAll(noFacts, order).conversations.get(ROOM)?.unreadCount).toBe(1);
		}
	});

	it("keeps the customer's own number and address when an event without them comes", () => {
		const own = booking({ customerWhatsApp: "+6281234567890", address: "Jalan Raya 1" });
		const facts = applyAll(noFacts, [
			{ type: "booking", data: own },
			{ type: "booking", data: booking({ version: 2, status: "therapist_accepted" }) },
		]);
		expect(facts.bookings.get("b-1")).toMatchObject({
			status: "therapist_accepted",
			customerWhatsApp: "+6281234567890",
			address: "Jalan Raya 1",
		});
	});
});
