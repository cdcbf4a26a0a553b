import { render, screen } from "@testing-library/preact";
import { beforeEach, expect, it } from "vitest";
import { answer, freshScreen, type Screen, settle } from "../testing/screen";

let server: Screen["server"];
let page: Screen["page"];

/** What the customer can do about a booking that the therapist accepted. */
async function open(): Promise<void> {
	({ server, page } = await freshScreen());
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	server.change = { status: "therapist_accepted", acceptedAt: "2026-03-10T04:00:30Z" };
	await page.submitBooking("t-ayu", 175_000);
	const { BookingActions } = await import("./BookingActions");
	const Actions = () => {
		const booking = page.bookings.value.get("b-1");
		return booking ? <BookingActions booking={booking} viewer="customer" /> : null;
	};
	render(<Actions />);
	await settle();
}

beforeEach(open);

it("confirming whose answer is lost is said to be unknown until it is known (R5)", async () => {
	server.fate = ({ method }) => (method === "POST" ? "lost" : null);
	screen.getByRole("button", { name: "Confirm booking" }).click();
	await settle(3_000);
	expect(screen.getByRole("status").textContent).toMatch(/^No answer yet\. We are checking/);
	const [booking] = server.bookings;
	server.fate = ({ method }) =>
		method === "POST"
			? answer({ ...booking, status: "user_confirmed", expiresAt: null, version: 2 })
			: null;
	await settle(4_000);
	expect(screen.queryByRole("status")).toBeNull();
	expect(screen.queryByRole("button", { name: "Confirm booking" })).toBeNull();
});
