import { fireEvent, render, screen, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Problem } from "../../state/types";
import { mirrored, NUMBER, putMirror } from "../testing/mirror";
import { answer, freshScreen, type Screen, settle } from "../testing/screen";

const review = vi.fn();
let server: Screen["server"];
let page: Screen["page"];

/** The form, filled in but for what a test types; `problem` is what the server said when it was sent. */
async function open(problem: Problem | null = null, typed: Record<string, string> = {}) {
	review.mockClear();
	({ server, page } = await freshScreen());
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "villa" });
	page.chooseInForm("t-ayu", { massageFor: "couple" });
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.typeInForm("t-ayu", { area: "Ubud", location: "Jalan Raya 1", ...typed });
	await page.loadTherapist("t-ayu");
	const therapist = page.therapistById("t-ayu").value.value;
	if (!therapist) throw new Error("the fake server has no therapist");
	const { FormStep } = await import("./FormStep");
	const refused = problem?.errors ?? [];
	render(<FormStep therapist={therapist} refused={refused} problem={problem} onReview={review} />);
	await settle();
}

const field = (name: RegExp) => screen.getByLabelText(name) as HTMLInputElement;
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const list = () => screen.getByRole("region", { name: "Please look at these again" });
const told = (name: RegExp) =>
	(field(name).getAttribute("aria-describedby") ?? "")
		.split(" ")
		.map((id) => document.getElementById(id)?.textContent)
		.join(" ");

async function type(name: RegExp, value: string): Promise<void> {
	fireEvent.input(field(name), { target: { value } });
	await mirrored();
}

describe("contact details in the booking form (R17)", () => {
	beforeEach(async () => {
		putMirror(true);
		await open();
	});

	it.each([/Your name/, /^Area/, /^Address/, /^Note/])(
		"are warned of while typing in the field %s, with the words marked",
		async (name) => {
			await type(name, `x ${NUMBER}`);
			expect(field(name).getAttribute("aria-invalid")).toBe("true");
			expect(told(name)).toContain("Phone numbers can't be shared here. Arrange everything");
			expect(document.querySelector("mark")?.textContent).toBe(NUMBER);
			expect(field(name).value).toBe(`x ${NUMBER}`);
		},
	);

	it("leave the number for us alone", async () => {
		await type(/WhatsApp/, NUMBER);
		expect(screen.queryByRole("alert")).toBeNull();
		press("Review booking");
		expect(review).toHaveBeenCalledOnce();
	});

	it("do not go on to the review, and are in the list of what is wrong", async () => {
		await type(/^Note/, NUMBER);
		press("Review booking");
		expect(review).not.toHaveBeenCalled();
		expect(within(list()).getByRole("link").textContent).toMatch(/^Note: Phone numbers/);
		await type(/^Note/, "no peanut oil");
		press("Review booking");
		expect(review).toHaveBeenCalledOnce();
	});

	it("are caught on submit when that is quicker than the pause", async () => {
		await type(/^Note/, "n");
		fireEvent.input(field(/^Note/), { target: { value: NUMBER } });
		press("Review booking");
		expect(review).not.toHaveBeenCalled();
		await settle();
		expect(told(/^Note/)).toContain("Phone numbers");
	});

	it("in an address that is not sent hold nothing back", async () => {
		await type(/^Address/, NUMBER);
		fireEvent.click(screen.getByRole("radio", { name: /Therapist's place/ }));
		press("Review booking");
		expect(review).toHaveBeenCalledOnce();
		await page.submitBooking("t-ayu", 150_000);
		const [order] = server.to("POST", "/api/bookings");
		expect(order?.body).toMatchObject({ locationType: "place", area: "", location: "" });
		// For who changes back.
		fireEvent.click(screen.getByRole("radio", { name: "Villa" }));
		expect(field(/^Address/).value).toBe(NUMBER);
	});

	it("may be asked about: a guest is made to tell, and what is allowed goes on", async () => {
		await type(/^Address/, NUMBER);
		server.fate = ({ path }) =>
			path === "/api/appeals" ? answer({ id: null, status: "allowed" }) : null;
		press("I think this is wrong");
		await settle();
		expect(server.to("POST", "/api/session/guest")[0]?.body.displayName).toBe("Budi");
		expect(server.to("POST", "/api/appeals")[0]?.body).toEqual({
			kind: "location",
			text: NUMBER,
			conversationId: null,
		});
		expect(told(/^Address/)).toContain("Tenang has looked at it");
		expect(field(/^Address/).getAttribute("aria-invalid")).toBeNull();
		expect(field(/^Address/).value).toBe(NUMBER);
		press("Review booking");
		expect(review).toHaveBeenCalledOnce();
	});

	it("is let pass for one booking, and no other", async () => {
		await type(/^Address/, NUMBER);
		server.fate = ({ path }) =>
			path === "/api/appeals" ? answer({ id: null, status: "allowed" }) : null;
		press("I think this is wrong");
		await settle();
		const { appealOf } = await import("../../state/appeals");
		const stands = () => appealOf({ kind: "location", text: NUMBER, conversationId: null })?.status;
		// Refused for its price: nothing is used up.
		await page.submitBooking("t-ayu", 150_000);
		expect(stands()).toBe("allowed");
		await page.submitBooking("t-ayu", 175_000);
		expect(server.to("POST", "/api/bookings")).toHaveLength(2);
		expect(stands()).toBeUndefined();
	});

	it("in the name give the guest who asks another one", async () => {
		await type(/Your name/, `Budi ${NUMBER}`);
		press("I think this is wrong");
		await settle();
		expect(server.to("POST", "/api/session/guest")[0]?.body.displayName).toBe("Guest");
	});
});

describe("what the server refused in the form (R17)", () => {
	const refusal: Problem = {
		code: "contact_blocked",
		status: 422,
		detail: "",
		errors: [
			{ field: "location", code: "contact_blocked", message: "" },
			{ field: "note", code: "contact_blocked", message: "" },
		],
		retryAfter: null,
		reason: "MESSENGER",
		spans: [[0, 5]],
		current: null,
		requestId: null,
	};

	it.each([true, false])(
		"is shown the same, marked, until it is changed (filter here: %s)",
		async (hasMirror) => {
			putMirror(hasMirror);
			await open(refusal, { location: "my wa is", note: "ask me" });
			expect(told(/^Address/)).toContain("Other messengers and profile names");
			expect(document.querySelector("mark")?.textContent).toBe("my wa");
			expect(told(/^Note/)).toContain("Contact details can't be shared here.");
			expect(list().textContent).toContain("Address: Phone numbers and other contact details");
			press("Review booking");
			expect(review).not.toHaveBeenCalled();
			fireEvent.input(field(/^Address/), { target: { value: "Jalan Raya 1" } });
			fireEvent.input(field(/^Note/), { target: { value: "no oil" } });
			await settle();
			expect(field(/^Address/).getAttribute("aria-invalid")).toBeNull();
			press("Review booking");
			expect(review).toHaveBeenCalledOnce();
		},
	);
});
