import { fireEvent, render, screen, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import {
	ayuUser,
	booking,
	cardMessage,
	FakePayments,
	MASKED,
	ROOM,
} from "../../state/testing/payments";
import type { Booking } from "../../state/types";
import { freshScreen, refuse, type Screen, settle } from "../testing/screen";

let server: Screen["server"];
let page: Screen["page"];
let payments: FakePayments;

/** The therapist's chat with one booking in it. */
async function open(change: Partial<Booking> = { status: "therapist_accepted" }): Promise<void> {
	({ server, page } = await freshScreen((fresh) => {
		fresh.user = ayuUser;
		fresh.bookings = [booking(change)];
	}));
	await settle();
	payments = new FakePayments(server);
	const { Chat } = await import("../chat/Chat");
	const Room = () => {
		const room = page.conversation(ROOM).value;
		return room ? <Chat room={room} onBookAgain={() => {}} /> : null;
	};
	render(<Room />);
	await settle();
}

const press = async (name: string) => {
	fireEvent.click(screen.getByRole("button", { name }));
	await settle();
};
const sends = () => server.to("POST", `/api/conversations/${ROOM}/payment-card`);
const log = () => screen.getByRole("log", { name: "Messages with Budi" });
const cards = () => within(log()).queryAllByText("Payment card");

beforeEach(() => open());

describe("sending a payment card (R18)", () => {
	it("asks first, then shows the card at once and that it was sent", async () => {
		await press("Send payment card");
		expect(screen.getByRole("dialog").textContent).toContain(MASKED);
		expect(sends()).toEqual([]);
		await press("Send card");
		expect(sends().map(({ body }) => body.bookingId)).toEqual(["b-1"]);
		expect(cards()).toHaveLength(1);
		expect(log().textContent).toContain("•••• 4821");
		expect(within(log()).getByText("Sent")).toBeTruthy();
		expect(screen.queryByRole("dialog")).toBeNull();
	});

	it("is sent once although the answer was lost: under the same key (R13)", async () => {
		payments.loses = 1;
		await press("Send payment card");
		await press("Send card");
		expect(cards()).toHaveLength(1);
		await settle(1_000);
		expect(new Set(sends().map(({ body }) => body.clientId)).size).toBe(1);
		expect(sends()).toHaveLength(2);
		expect(server.messages).toHaveLength(1);
		expect(cards()).toHaveLength(1);
		expect(within(log()).getByText("Sent")).toBeTruthy();
	});

	it("waits on the device without a network, as masked as it is shown (R31)", async () => {
		await press("Send payment card");
		const { fate } = server;
		server.fate = () => "down";
		await press("Send card");
		expect(cards()).toHaveLength(1);
		expect(JSON.stringify({ ...localStorage })).toContain(MASKED);
		server.fate = fate;
		await settle(60_000);
		expect(server.messages).toHaveLength(1);
	});

	it("offers to add an account where there is none, and goes on from there", async () => {
		payments.account = null;
		await press("Send payment card");
		fireEvent.change(screen.getByLabelText("Bank or wallet"), { target: { value: "BCA" } });
		fireEvent.input(screen.getByLabelText("Account holder"), { target: { value: "Ayu Lestari" } });
		fireEvent.input(screen.getByLabelText("Account number"), { target: { value: "731099244821" } });
		await press("Save account");
		await press("Send card");
		expect(server.messages).toHaveLength(1);
	});

	it("says why it was refused, with nothing to edit", async () => {
		await press("Send payment card");
		const { fate } = server;
		server.fate = (asked) =>
			asked.path.endsWith("/payment-card") ? refuse(409, "no_bank_account") : fate(asked);
		await press("Send card");
		expect(within(log()).getByRole("alert").textContent).toContain("no bank account");
		expect(within(log()).queryByRole("button", { name: "Edit" })).toBeNull();
		server.fate = fate;
		await press("Retry");
		expect(server.messages).toHaveLength(1);
	});

	it.each<[string, Partial<Booking>]>([
		["is pending", { status: "pending" }],
		["was cancelled", { status: "cancelled", expiresAt: null }],
		["ran out", { status: "therapist_accepted", expiresAt: "2026-03-10T03:59:00Z" }],
	])("is not offered for a booking that %s", async (_, change) => {
		await open(change);
		expect(screen.queryByRole("button", { name: "Send payment card" })).toBeNull();
	});

	it("is closed by Escape, with the focus back where it was", async () => {
		await press("Send payment card");
		fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
		await settle();
		expect(screen.queryByRole("dialog")).toBeNull();
		expect(document.activeElement?.textContent).toBe("Send payment card");
	});

	it("shows in the thread that a card has become old", async () => {
		server.messages.push(cardMessage(1));
		await page.loadMessages(ROOM);
		await settle();
		expect(log().textContent).not.toContain("Send a new card");
		server.messages[0] = cardMessage(1, { isOutdated: true });
		await page.loadMessages(ROOM);
		await settle();
		expect(log().textContent).toContain("Send a new card");
		expect(cards()).toHaveLength(1);
	});
});
