import { beforeEach, describe, expect, it } from "vitest";
import { check } from "../contact-guard";
import { cardMessage } from "../net/testing/fakePayments";
import type { FakeServer } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { ayuUser, booking, budi, message, ROOM } from "../net/testing/samples";
import { freshDevice, loadPage, type Seam } from "./testing/page";

let server: FakeServer;
let page: Seam;

const ENDING = "the total is 3456 7890";
const said = () => page.recentlySaid(ROOM);

beforeEach(async () => {
	server = freshDevice();
	server.user = ayuUser;
	server.bookings = [booking({ status: "therapist_accepted" })];
});

async function open(): Promise<void> {
	page = await loadPage();
	FakeSocket.last.welcome("c0");
	FakeSocket.last.pong();
	await page.loadMessages(ROOM);
}

describe("what a next message may complete (R17)", () => {
	it("is what one wrote oneself, with what still waits", async () => {
		server.messages = [
			message(1, { message: "0812" }),
			message(2, { message: "and you?", senderRole: "customer" }),
		];
		await open();
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "one moment");
		expect(said()).toEqual(["0812", "one moment"]);
		expect(check(ENDING, said()).code).toBe("SPLIT");
	});

	it("is no payment card: its last digits are ours, and ordinary talk after it passes", async () => {
		server.messages = [{ ...cardMessage(1), message: "Jago •••• 0812" }];
		await open();
		// The filter by itself would take it for one.
		expect(check(ENDING, ["Jago •••• 0812"]).code).toBe("SPLIT");
		expect(said()).toEqual([]);
		expect(check(ENDING, said()).blocked).toBe(false);
	});

	it("is no payment card that still waits to be sent", async () => {
		await open();
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		const { sendCard } = await import("./paymentCards");
		const account = { bank: "Jago", holder: "Ayu", masked: "Jago •••• 0812", updatedAt: "" };
		sendCard(ROOM, "b-1", account);
		page.send(ROOM, "here it is");
		expect(said()).toEqual(["here it is"]);
	});

	it("is what oneself wrote, never the other side", async () => {
		server.user = budi;
		server.messages = [message(1, { message: "0812" })];
		await open();
		expect(page.conversation(ROOM).peek()?.ownRole).toBe("customer");
		expect(said()).toEqual([]);
	});
});
