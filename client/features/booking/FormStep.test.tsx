import { fireEvent, render, screen, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FieldProblem, Therapist } from "../../state/types";
import { freshScreen, settle } from "../testing/screen";

const review = vi.fn();
let therapist: Therapist;

async function open(refused: readonly FieldProblem[] = [], name = "") {
	const { page } = await freshScreen();
	if (name) page.typeInForm("t-ayu", { customerName: name });
	await page.loadTherapist("t-ayu");
	const known = page.therapistById("t-ayu").value.value;
	if (!known) throw new Error("the fake server has no therapist");
	therapist = known;
	const { FormStep } = await import("./FormStep");
	render(<FormStep therapist={therapist} refused={refused} onReview={review} />);
	return page;
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const field = (name: RegExp) => screen.getByLabelText(name);
const type = (name: RegExp, value: string) => fireEvent.input(field(name), { target: { value } });
const list = () => screen.getByRole("region", { name: "Please look at these again" });

beforeEach(() => review.mockClear());

describe("the booking form (R2)", () => {
	it("lists everything wrong on submit, in order, and takes the focus there", async () => {
		await open();
		press("Review booking");
		expect(review).not.toHaveBeenCalled();
		expect(document.activeElement).toBe(list());
		expect(
			within(list())
				.getAllByRole("link")
				.map((line) => line.textContent),
		).toEqual([
			"Choose a service.",
			"Choose a time.",
			"Choose where the massage takes place.",
			"Choose who the massage is for.",
			"Your name: Please fill this in.",
			"WhatsApp number: Please fill this in.",
		]);
	});

	it("says nothing about a field before it was left, then follows every key", async () => {
		await open();
		type(/WhatsApp/, "12");
		expect(field(/WhatsApp/).hasAttribute("aria-invalid")).toBe(false);
		fireEvent.blur(field(/WhatsApp/));
		expect(field(/WhatsApp/).getAttribute("aria-invalid")).toBe("true");
		expect(screen.getByText(/not a complete phone number/)).toBeTruthy();
		type(/WhatsApp/, "0812 3456 7890");
		expect(field(/WhatsApp/).hasAttribute("aria-invalid")).toBe(false);
	});

	it.each([
		["a joiner and a Hangul filler", "\u200d\u3164", "Please fill this in."],
		["zero-width spaces", "\u200b\u200b", "This contains characters that cannot be shown."],
	])(
		"a name of nothing but %s is refused beside the field, as by the server",
		async (_, typed, why) => {
			await open();
			type(/Your name/, typed);
			fireEvent.blur(field(/Your name/));
			const told = field(/Your name/).getAttribute("aria-describedby") ?? "";
			expect(document.getElementById(told)?.textContent).toBe(why);
		},
	);

	it("asks for an address only where there is one to give", async () => {
		await open();
		expect(screen.queryByLabelText("Address")).toBeNull();
		fireEvent.click(screen.getByRole("radio", { name: /Home/ }));
		expect(screen.getByLabelText("Address")).toBeTruthy();
		fireEvent.click(screen.getByRole("radio", { name: /Hotel/ }));
		expect(screen.getByLabelText("Hotel and room number")).toBeTruthy();
		fireEvent.click(screen.getByRole("radio", { name: /Therapist's place/ }));
		expect(screen.queryByLabelText("Area")).toBeNull();
	});

	it("shows the total of what is chosen, without the way to a customer who comes by", async () => {
		await open();
		fireEvent.click(screen.getByRole("radio", { name: /Balinese/ }));
		expect(screen.getByText("Rp175.000")).toBeTruthy();
		fireEvent.click(screen.getByRole("radio", { name: /Therapist's place/ }));
		expect(screen.getAllByText("Rp150.000")).toHaveLength(2);
	});

	it("offers the first free time when a later one is wanted", async () => {
		const page = await open();
		fireEvent.click(screen.getByRole("radio", { name: "Choose a day and time" }));
		// It is noon in Makassar; the first half hour that leaves 45 minutes.
		expect((screen.getByLabelText("Time") as HTMLSelectElement).value).toBe("13:00");
		expect(page.bookingForm("t-ayu").value.fields.scheduledTime).toBe("2026-03-10T05:00:00.000Z");
	});

	it("shows what the server refused beside the field until it is changed", async () => {
		const fault = { field: "customerName", code: "contact_blocked", message: "" };
		await open([fault], "Budi 0812 3456 7890");
		expect(list().textContent).toContain("Your name: Phone numbers and other contact details");
		expect(field(/Your name/).getAttribute("aria-invalid")).toBe("true");
		type(/Your name/, "Budi");
		expect(field(/Your name/).hasAttribute("aria-invalid")).toBe(false);
	});

	it("is not held back by a refusal of what it has no field for", async () => {
		const page = await open([{ field: "timezone", code: "unknown", message: "" }]);
		page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
		page.chooseInForm("t-ayu", { massageFor: "couple" });
		page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
		await settle();
		press("Review booking");
		expect(review).toHaveBeenCalledOnce();
	});

	it("goes on once everything is fine", async () => {
		const page = await open();
		page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
		page.chooseInForm("t-ayu", { massageFor: "couple" });
		page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
		await settle();
		press("Review booking");
		expect(review).toHaveBeenCalledOnce();
	});
});

describe("what is typed into the note", () => {
	it("draws none of the choices anew, and what is chosen then is kept beside it", async () => {
		let drawn = 0;
		vi.doMock("./ServiceChoice", async (real) => {
			const { ServiceChoice } = await real<typeof import("./ServiceChoice")>();
			return {
				ServiceChoice(props: Parameters<typeof ServiceChoice>[0]) {
					drawn += 1;
					return ServiceChoice(props);
				},
			};
		});
		try {
			const page = await open();
			type(/Note/, "a");
			await settle();
			const before = drawn;
			for (const note of ["at", "at ", "at t", "at th", "at the gate"]) {
				type(/Note/, note);
				await settle();
			}
			expect(drawn).toBe(before);
			const [service] = therapist.services;
			fireEvent.click(screen.getByRole("radio", { name: new RegExp(service?.name ?? "") }));
			await settle();
			expect(drawn).toBeGreaterThan(before);
			const { fields } = page.bookingForm("t-ayu").value;
			expect(fields).toMatchObject({ note: "at the gate", serviceId: service?.id });
		} finally {
			vi.doUnmock("./ServiceChoice");
		}
	});
});
