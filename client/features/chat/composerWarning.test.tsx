import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeSocket } from "../../state/testing/page";
import { mirrored, NUMBER, putMirror } from "../testing/mirror";
import { answer, freshScreen, refuse, type Screen, settle } from "../testing/screen";

const ROOM = "customer_u-budi_therapist_t-ayu";
let server: Screen["server"];
let page: Screen["page"];

async function show(): Promise<void> {
	const { Chat } = await import("./Chat");
	const Room = () => {
		const room = page.conversation(ROOM).value;
		return room ? <Chat room={room} onBookAgain={() => {}} /> : null;
	};
	render(<Room />);
	await settle();
}

/** A customer's chat with an accepted booking. */
async function open(): Promise<void> {
	({ server, page } = await freshScreen());
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: NUMBER });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	await page.submitBooking("t-ayu", 175_000);
	await show();
}

const field = () => screen.getByRole("textbox", { name: "Message to Ayu" }) as HTMLTextAreaElement;
const log = () => screen.getByRole("log", { name: "Messages with Ayu" });
const button = (name: string) => screen.getByRole("button", { name });
const posts = () => server.to("POST", /messages$/).map(({ body }) => body.message);
const appeals = () => server.to("POST", "/api/appeals");
const why = () => screen.queryByRole("alert")?.textContent ?? null;

async function type(value: string): Promise<void> {
	fireEvent.input(field(), { target: { value } });
	await mirrored();
}

async function press(name: string): Promise<void> {
	fireEvent.click(button(name));
	await settle();
}

/** What the operator says of each appeal from now on. */
function decide(status: "open" | "allowed"): void {
	server.fate = ({ method, path }) =>
		path !== "/api/appeals"
			? null
			: method === "GET"
				? answer({ items: [{ id: "a-1", kind: "message", conversationId: ROOM, status }] })
				: answer({ id: status === "open" ? "a-1" : null, status });
}

describe("contact details in the composer (R17)", () => {
	beforeEach(async () => {
		putMirror(true);
		await open();
	});

	it("are warned of while typing, with the words marked and the text kept", async () => {
		await type(`call ${NUMBER} ok`);
		expect(why()).toBe("Phone numbers can't be shared here. Arrange everything in this chat.");
		expect(document.querySelector(".composer mark")?.textContent).toBe(NUMBER);
		expect(field().value).toBe(`call ${NUMBER} ok`);
	});

	it("are told of to a screen reader with the field, and once, however much is typed on", async () => {
		await type(NUMBER);
		const told = document.getElementById(field().getAttribute("aria-describedby") ?? "");
		expect(told?.textContent).toContain("Phone numbers can't be shared here.");
		expect(told?.textContent).toContain(NUMBER);
		const said = screen.getByRole("alert");
		await type(`${NUMBER} ok`);
		expect(screen.getByRole("alert")).toBe(said);
	});

	it("are not sent: Send says so each time it is pressed, and leaves the field to be typed in", async () => {
		await type(NUMBER);
		const before = screen.getByRole("alert");
		await press("Send");
		expect(why()).toBe(
			"Not sent; your text is kept. Phone numbers can't be shared here. Arrange everything in this chat.",
		);
		const first = screen.getByRole("alert");
		expect(first).not.toBe(before);
		await press("Send");
		expect(screen.getByRole("alert")).not.toBe(first);
		expect(posts()).toEqual([]);
		expect(field().value).toBe(NUMBER);
		expect(document.activeElement).toBe(field());
	});

	it("are caught by Send when it is quicker than the pause", async () => {
		await type("hello");
		fireEvent.input(field(), { target: { value: NUMBER } });
		await settle(1);
		await press("Send");
		expect(why()).toContain("Not sent");
		expect(posts()).toEqual([]);
	});

	it("hold nothing back any more once they are gone, also before the next pause", async () => {
		await type(NUMBER);
		fireEvent.input(field(), { target: { value: "see you at eight" } });
		await press("Send");
		expect(posts()).toEqual(["see you at eight"]);
		expect(why()).toBeNull();
	});

	it("are seen when they come in pieces, of which one waits for the network", async () => {
		await type("0812");
		await press("Send");
		server.fate = () => "down";
		await type("3456");
		await press("Send");
		await type("7890");
		expect(why()).toContain("Together with what you wrote just before");
		await press("Send");
		expect(field().value).toBe("7890");
	});

	it("do not count what was said more than ten minutes ago", async () => {
		await type("0812");
		await press("Send");
		await type("3456");
		await press("Send");
		await settle(10 * 60_000);
		await type("7890");
		expect(why()).toBeNull();
	});

	it("are looked for in what stood there before the page was loaded anew", async () => {
		page.setTypedText(ROOM, NUMBER);
		await mirrored();
		expect(why()).toContain("Phone numbers");
	});
});

describe("I think this is wrong (R17)", () => {
	beforeEach(async () => {
		putMirror(true);
		await open();
		await type(NUMBER);
	});

	it("sends the text to the operator, and says so instead of the button", async () => {
		decide("open");
		await press("I think this is wrong");
		expect(appeals()[0]?.body).toEqual({ kind: "message", text: NUMBER, conversationId: ROOM });
		expect(screen.getByText("Sent to Tenang. We will look at it.")).toBeTruthy();
		expect(screen.queryByRole("button", { name: "I think this is wrong" })).toBeNull();
		expect(field().value).toBe(NUMBER);
	});

	it("is about this text: another one can be asked about too", async () => {
		decide("open");
		await press("I think this is wrong");
		await type(`my ${NUMBER}`);
		await press("I think this is wrong");
		expect(appeals()).toHaveLength(2);
	});

	it("without a network keeps the button and says what to do", async () => {
		server.fate = () => "down";
		await press("I think this is wrong");
		expect(screen.getByText(/^You are offline\. Your text is kept/)).toBeTruthy();
		decide("open");
		await press("I think this is wrong");
		expect(screen.getByText("Sent to Tenang. We will look at it.")).toBeTruthy();
	});

	it("says that too many were sent, and keeps the button", async () => {
		server.fate = () => refuse(429, "too_many_requests");
		await press("I think this is wrong");
		expect(screen.getByText(/^That was a bit fast/)).toBeTruthy();
		expect(button("I think this is wrong")).toBeTruthy();
	});

	it("lets the text go past the filter when the operator has allowed it, once", async () => {
		decide("open");
		await press("I think this is wrong");
		decide("allowed");
		const data = {
			id: "n-9",
			type: "message_allowed",
			bookingId: null,
			appealId: "a-1",
			title: "You can send it",
			body: "",
			createdAt: "2026-03-10T04:00:00Z",
			acknowledgedAt: null,
			level: 0,
		};
		FakeSocket.last.welcome("c0");
		FakeSocket.last.say({
			type: "events",
			events: [{ seq: 1, type: "notification.created", data: data as never, at: "" }],
			cursor: "c1",
		});
		await settle();
		expect(screen.getByText("Tenang has looked at it: you can send it now.")).toBeTruthy();
		expect(why()).toBeNull();
		expect(button("Send").getAttribute("aria-disabled")).toBe("false");
		await press("Send");
		expect(posts()).toEqual([NUMBER]);
		await type(NUMBER);
		expect(why()).toContain("Phone numbers");
	});

	it("sends at once what the server's own filter lets pass", async () => {
		decide("allowed");
		await press("I think this is wrong");
		await press("Send");
		expect(posts()).toEqual([NUMBER]);
	});

	it("keeps the permission when the message was refused for another reason", async () => {
		decide("allowed");
		await press("I think this is wrong");
		const fate = server.fate;
		server.fate = (asked) =>
			asked.path.endsWith("/messages") && asked.method === "POST"
				? refuse(409, "client_id_reused")
				: fate(asked);
		await press("Send");
		expect(posts()).toEqual([NUMBER]);
		await type(NUMBER);
		expect(screen.getByText("Tenang has looked at it: you can send it now.")).toBeTruthy();
	});

	it("is not asked again when Send is pressed meanwhile: only how it stands is", async () => {
		decide("open");
		await press("I think this is wrong");
		await press("Send");
		expect(appeals()).toHaveLength(1);
		expect(screen.getByText("Sent to Tenang. We will look at it.")).toBeTruthy();
		decide("allowed");
		await press("Send");
		expect(appeals()).toHaveLength(1);
		expect(posts()).toEqual([]);
		expect(screen.getByText("Tenang has looked at it: you can send it now.")).toBeTruthy();
	});
});

describe("where the filter can't be fetched (R17)", () => {
	beforeEach(async () => {
		putMirror(false);
		await open();
		server.fate = ({ method, path }) =>
			method === "POST" && path.endsWith("/messages")
				? refuse(422, "contact_blocked", { reason: "PHONE", spans: [[5, 19]] })
				: null;
		await type(`call ${NUMBER}`);
		await press("Send");
	});

	it("the server's refusal says the same, with the words marked and the text kept", async () => {
		expect(why()).toBe("Phone numbers can't be shared here. Arrange everything in this chat.");
		expect(log().querySelector("mark")?.textContent).toBe(NUMBER);
		await press("Edit");
		expect(field().value).toBe(`call ${NUMBER}`);
	});

	it("it can be asked about there too, and sent from there when it is allowed", async () => {
		decide("open");
		await press("I think this is wrong");
		expect(appeals()[0]?.body.text).toBe(`call ${NUMBER}`);
		expect(screen.getByText("Sent to Tenang. We will look at it.")).toBeTruthy();
		decide("allowed");
		const { appeal } = await import("../../state/appeals");
		await appeal({ kind: "message", text: `call ${NUMBER}`, conversationId: ROOM }, "");
		await settle();
		const [resend] = screen.getAllByRole("button", { name: "Send" });
		if (resend) fireEvent.click(resend);
		await settle(100);
		expect(posts().at(-1)).toBe(`call ${NUMBER}`);
		expect(log().querySelector("mark")).toBeNull();
	});
});
