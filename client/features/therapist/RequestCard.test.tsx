import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import type { Booking } from "../../state/types";
import { freshScreen, type Screen, settle } from "../testing/screen";

let server: Screen["server"];

/** The request of a customer, as the therapist sees it. */
async function open(): Promise<void> {
	const ready = await freshScreen();
	server = ready.server;
	const { page } = ready;
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	await page.submitBooking("t-ayu", 175_000);
	const [request] = page.pending.value;
	if (!request) throw new Error("the fake server made no booking");
	const seen: Booking = { ...request, location: null };
	const { RequestCard } = await import("./RequestCard");
	render(<RequestCard booking={seen} />);
	await settle();
}

const press = async (name: string) => {
	fireEvent.click(screen.getByRole("button", { name }));
	await settle();
};
const declines = () => server.to("POST", "/api/bookings/b-1/decline");

beforeEach(open);

describe("a request on the dashboard (R36)", () => {
	it("shows what is needed to decide, without the exact address", () => {
		const card = screen.getByRole("article", { name: "Budi" });
		for (const fact of ["Balinese, 60 min", "For a man", "Rp175.000", "10:00 left"]) {
			expect(card.textContent).toContain(fact);
		}
		expect(card.textContent).toContain("The exact address shows after you accept");
	});

	it("is accepted by one tap", async () => {
		await press("Accept the booking of Budi");
		expect(server.to("POST", "/api/bookings/b-1/accept")).toHaveLength(1);
	});

	it("is declined by one tap, five seconds later", async () => {
		await press("Decline the booking of Budi");
		await settle(4_900);
		expect(declines()).toHaveLength(0);
		await settle(200);
		expect(declines()).toHaveLength(1);
	});

	it("stays when the decline is undone in time", async () => {
		await press("Decline the booking of Budi");
		expect(screen.queryByRole("button", { name: /Accept/ })).toBeNull();
		await settle(2_000);
		await press("Undo");
		await settle(10_000);
		expect(declines()).toHaveLength(0);
		expect(screen.getByRole("button", { name: "Accept the booking of Budi" })).toBeTruthy();
	});
});
