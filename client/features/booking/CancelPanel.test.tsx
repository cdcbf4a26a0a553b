import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { mirrored, NUMBER, putMirror } from "../testing/mirror";
import { answer, freshScreen, refuse, type Screen, settle } from "../testing/screen";

const done = vi.fn();
let server: Screen["server"];
let page: Screen["page"];

async function open(hasMirror = true): Promise<void> {
	done.mockClear();
	putMirror(hasMirror);
	({ server, page } = await freshScreen());
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: NUMBER });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	await page.submitBooking("t-ayu", 175_000);
	const { CancelPanel } = await import("./CancelPanel");
	const booking = page.bookings.value.get("b-1");
	if (!booking) throw new Error("nothing was booked");
	render(<CancelPanel booking={booking} viewer="customer" onDone={done} />);
	await settle();
}

const field = () => screen.getByRole("textbox", { name: /Reason/ }) as HTMLTextAreaElement;
const cancels = () => server.to("POST", /\/cancel$/).map(({ body }) => body);
const goes = () => {
	const [booking] = server.bookings;
	server.fate = ({ path }) =>
		path.endsWith("/cancel") ? answer({ ...booking, status: "cancelled", version: 2 }) : null;
};

async function type(value: string): Promise<void> {
	fireEvent.input(field(), { target: { value } });
	await mirrored();
}

async function press(): Promise<void> {
	fireEvent.click(screen.getByRole("button", { name: "Yes, cancel it" }));
	await settle();
}

describe("the reason of a cancellation (R17)", () => {
	beforeEach(() => open());

	it("goes to the other person when there is one", async () => {
		goes();
		await type(" My flight was moved ");
		await press();
		expect(cancels()).toEqual([{ reason: "My flight was moved" }]);
		expect(done).toHaveBeenCalledOnce();
	});

	it("may be left out", async () => {
		goes();
		await press();
		expect(cancels()).toEqual([{}]);
	});

	it("is warned of with the words marked, and nothing is cancelled with it", async () => {
		await type(`call ${NUMBER}`);
		expect(screen.getByRole("alert").textContent).toContain("Phone numbers can't be shared here");
		expect(document.querySelector("mark")?.textContent).toBe(NUMBER);
		await press();
		expect(screen.getByRole("alert").textContent).toMatch(/^Not sent/);
		expect(cancels()).toEqual([]);
		expect(field().value).toBe(`call ${NUMBER}`);
	});

	it("that is too long is told of, and nothing is cancelled with it", async () => {
		await type("x".repeat(301));
		await press();
		expect(screen.getByText("This is too long.")).toBeTruthy();
		expect(cancels()).toEqual([]);
	});
});

it("a reason that only the server refuses is kept and marked, and the question stays (R17)", async () => {
	await open(false);
	await type(`call ${NUMBER}`);
	server.fate = ({ path }) =>
		path.endsWith("/cancel")
			? refuse(422, "contact_blocked", { reason: "PHONE", spans: [[5, 19]] })
			: null;
	await press();
	expect(document.querySelector("mark")?.textContent).toBe(NUMBER);
	expect(screen.getByRole("alert").textContent).toMatch(/^Not sent/);
	expect(field().value).toBe(`call ${NUMBER}`);
	expect(done).not.toHaveBeenCalled();
});

describe("an allowed reason (R17)", () => {
	const cancelled = (reply: () => Response) => {
		server.fate = ({ path }) => {
			if (path === "/api/appeals") return answer({ id: null, status: "allowed" });
			return path.endsWith("/cancel") ? reply() : null;
		};
	};
	const isAllowed = () =>
		screen.queryByText("Tenang has looked at it: you can send it now.") !== null;

	beforeEach(async () => {
		await open();
		cancelled(() => refuse(429, "too_many_requests"));
		await type(`call ${NUMBER}`);
		fireEvent.click(screen.getByRole("button", { name: "I think this is wrong" }));
		await settle();
		expect(isAllowed()).toBe(true);
	});

	it.each([
		[404, "not_found"],
		[422, "validation"],
	])("is still allowed after an answer that is not about it (%s)", async (status, code) => {
		cancelled(() => refuse(status, code));
		await press();
		expect(isAllowed()).toBe(true);
		expect(field().value).toBe(`call ${NUMBER}`);
		expect(done).not.toHaveBeenCalled();
	});

	it("is not any more when the server refuses it all the same", async () => {
		cancelled(() => refuse(422, "contact_blocked", { reason: "PHONE", spans: [[5, 19]] }));
		await press();
		expect(isAllowed()).toBe(false);
		expect(screen.getByRole("alert").textContent).toMatch(/^Not sent/);
	});

	it("is used up when the booking is cancelled with it", async () => {
		cancelled(() => answer({ ...server.bookings[0], status: "cancelled", version: 2 }));
		await press();
		expect(isAllowed()).toBe(false);
		expect(done).toHaveBeenCalledOnce();
	});
});

describe("the question before a cancellation", () => {
	beforeEach(() => open());
	const replies = (status: number, code: string, more = {}) => {
		server.fate = ({ path }) => (path.endsWith("/cancel") ? refuse(status, code, more) : null);
	};

	it("ends when the booking has changed meanwhile", async () => {
		replies(409, "booking_state", { current: server.bookings[0] });
		await press();
		expect(done).toHaveBeenCalledOnce();
	});

	it("stays with the reason, and says what is wrong with it", async () => {
		const errors = [{ field: "reason", code: "invalid_characters", message: "" }];
		replies(422, "validation", { errors });
		await type("My flight was moved");
		await press();
		expect(field().getAttribute("aria-invalid")).toBe("true");
		expect(field().value).toBe("My flight was moved");
		expect(done).not.toHaveBeenCalled();
	});

	it.each(["see\u0007you", "back \u202e0987", "back \u20670987"])(
		"finds what cannot be shown in a reason before anything is sent (%j)",
		async (reason) => {
			await type(reason);
			await press();
			expect(cancels()).toEqual([]);
			expect(field().getAttribute("aria-invalid")).toBe("true");
		},
	);
});

describe("a reason that is refused only when it is asked for again (R5, R17)", () => {
	const WHY = "My flight was moved";
	const notice = () => screen.queryByText("Not cancelled: the reason can't be sent");
	const blocked = () => refuse(422, "contact_blocked", { reason: "PHONE", spans: [[3, 9]] });

	beforeEach(async () => {
		await open();
		cleanup();
		server.fate = ({ path }) => (path.endsWith("/cancel") ? "down" : null);
		const result = page.cancel("b-1", WHY);
		await settle(5_000);
		expect(await result).toMatchObject({ error: { code: "unanswered" } });
		const { PersonalNotices } = await import("../status/PersonalNotices");
		render(<PersonalNotices path="/" />);
		expect(notice()).toBeNull();
		server.fate = ({ path }) => (path.endsWith("/cancel") ? blocked() : null);
		await settle(8_000);
	});

	it("is told of, with the reason, and the booking can be cancelled without one", async () => {
		expect(notice()).toBeTruthy();
		expect(screen.getByText(WHY)).toBeTruthy();
		goes();
		fireEvent.click(screen.getByRole("button", { name: "Cancel without a reason" }));
		await settle();
		expect(cancels().at(-1)).toEqual({});
		expect(notice()).toBeNull();
	});

	it("can be changed, with the refused words marked", async () => {
		fireEvent.click(screen.getByRole("button", { name: "Change the reason" }));
		await settle();
		expect(field().value).toBe(WHY);
		expect(document.querySelector("mark")?.textContent).toBe("flight");
		await type("Something came up");
		await press();
		// Refused again while somebody looks on: the question stays.
		expect(field().value).toBe("Something came up");
		goes();
		await type("I am ill");
		await press();
		expect(cancels().at(-1)).toEqual({ reason: "I am ill" });
		expect(page.uncancelled.value.size).toBe(0);
	});

	it("is forgotten when the person keeps the booking", async () => {
		fireEvent.click(screen.getByRole("button", { name: "Keep it" }));
		await settle();
		expect(notice()).toBeNull();
	});
});
