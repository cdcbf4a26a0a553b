import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { FakeSocket } from "../../state/testing/page";
import { putMirror } from "../testing/mirror";
import { freshScreen, refuse, settle } from "../testing/screen";

const again = vi.fn();
const ROOM = "customer_u-budi_therapist_t-ayu";

/** A customer's chat with an accepted booking. */
async function open(change: Record<string, unknown> = {}) {
	const { server, page } = await freshScreen();
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	await page.submitBooking("t-ayu", 175_000);
	const { Chat } = await import("./Chat");
	const Room = () => {
		const room = page.conversation(ROOM).value;
		return room ? <Chat room={{ ...room, ...change }} onBookAgain={again} /> : null;
	};
	render(<Room />);
	await settle();
	return { server, page };
}

/** The room as it is once it is over. */
const closed = () => ({
	id: ROOM,
	customerId: "u-budi",
	therapistId: "t-ayu",
	customerName: "Budi",
	therapistName: "Ayu",
	bookingId: "b-1",
	isOpen: false,
	canWrite: false,
	closedReason: "ended",
	expiresAt: null,
	unreadCount: 0,
	marks: [],
	lastMessage: null,
});

const field = () => screen.getByRole("textbox", { name: "Message to Ayu" }) as HTMLTextAreaElement;
const log = () => screen.getByRole("log", { name: "Messages with Ayu" });

async function write(text: string): Promise<void> {
	fireEvent.input(field(), { target: { value: text } });
	await settle();
	fireEvent.click(screen.getByRole("button", { name: "Send" }));
}

describe("a chat", () => {
	it("shows a message in the same frame as the tap, then that it was sent (R13)", async () => {
		await open();
		await write("Hello");
		await Promise.resolve();
		expect(log().textContent).toContain("Hello");
		expect(field().value).toBe("");
		await settle();
		expect(within(log()).getByText("Sent")).toBeTruthy();
	});

	it("takes messages without a network and says that they wait (R14)", async () => {
		const { server } = await open();
		server.fate = () => "down";
		await write("Written in a tunnel");
		await settle(100);
		expect(within(log()).getByText("Waiting for the connection")).toBeTruthy();
		expect(field().disabled).toBe(false);
	});

	it("keeps a refused message, marks the words and says why (R16)", async () => {
		putMirror(false);
		const { server } = await open();
		server.fate = ({ method, path }) =>
			method === "POST" && path.endsWith("/messages")
				? refuse(422, "contact_blocked", { reason: "PHONE", spans: [[5, 17]] })
				: null;
		await write("Call 081234567890 now");
		await settle();
		expect(log().querySelector("mark")?.textContent).toBe("081234567890");
		expect(screen.getByRole("alert").textContent).toContain("Phone numbers can't be shared here");
		fireEvent.click(screen.getByRole("button", { name: "Edit" }));
		await settle();
		expect(field().value).toBe("Call 081234567890 now");
		expect(document.activeElement).toBe(field());
		expect(log().textContent).not.toContain("081234567890");
	});

	it("keeps what is typed over a closed and opened window", async () => {
		const { page } = await open();
		fireEvent.input(field(), { target: { value: "half a sen" } });
		expect(page.typedText(ROOM)).toBe("half a sen");
	});

	it("tells of writing by the person's keys alone, and only where there is something", async () => {
		const { page } = await open();
		FakeSocket.last.welcome("c0");
		const told = () => FakeSocket.last.frames("typing").length;
		page.setTypedText(ROOM, "brought back");
		await settle();
		fireEvent.input(field(), { target: { value: " " } });
		expect(told()).toBe(0);
		fireEvent.input(field(), { target: { value: "H" } });
		expect(told()).toBe(1);
	});

	it("says by how much a text is too long, and does not send it", async () => {
		const { server } = await open();
		await write("x".repeat(2_003));
		expect(screen.getByRole("alert").textContent).toContain("3 characters too many");
		expect(server.to("POST", /messages$/)).toHaveLength(0);
	});

	it("does not send a message in which there is nothing to see", async () => {
		const { server } = await open();
		await write("\u200d\u3164 \u200b");
		await settle();
		expect(screen.getByRole("button", { name: "Send" }).getAttribute("aria-disabled")).toBe("true");
		expect(field().value).not.toBe("");
		expect(server.to("POST", /messages$/)).toHaveLength(0);
	});

	it("says in one sentence, without a button, that older messages come with the connection", async () => {
		const { server, page } = await open();
		cleanup();
		server.fate = ({ path }) => (path.endsWith("/messages") ? "down" : null);
		await page.loadMessages(ROOM);
		await settle();
		const { Chat } = await import("./Chat");
		const room = page.conversation(ROOM).value;
		if (!room) throw new Error("the room is known");
		render(<Chat room={room} onBookAgain={again} />);
		await settle();
		expect(screen.getByText(/load by themselves when the connection is back/)).toBeTruthy();
		expect(screen.queryByText(/No answer/)).toBeNull();
		expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
	});

	it("gives the reason in the composer's place when the room is closed (R15)", async () => {
		again.mockClear();
		await open({ canWrite: false, isOpen: false, closedReason: "ended" });
		expect(screen.queryByRole("textbox")).toBeNull();
		expect(screen.getByText("This chat is closed. Book again to continue")).toBeTruthy();
		fireEvent.click(screen.getByRole("button", { name: "Book again" }));
		expect(again).toHaveBeenCalledOnce();
	});

	it("tells a therapist that it opens when she accepts (R12)", async () => {
		await open({ canWrite: false, ownRole: "therapist" });
		expect(screen.getByText("Opens when you accept the booking")).toBeTruthy();
	});

	it("leaves a refused text where it can be copied when the room is closed", async () => {
		const { server } = await open();
		server.fate = ({ method, path }) =>
			method === "POST" && path.endsWith("/messages")
				? refuse(409, "chat_closed", { current: { ...closed(), version: 2 } })
				: null;
		await write("See you at eight");
		await settle();
		expect(screen.queryByRole("textbox")).toBeNull();
		expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
		expect(screen.getByRole("button", { name: "Delete" })).toBeTruthy();
		expect(log().textContent).toContain("See you at eight");
	});
});
