import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { answer, freshScreen, type Screen, settle } from "../testing/screen";

const notice = {
	id: "n-1",
	type: "booking_declined",
	bookingId: "b-1",
	appealId: null,
	title: "Your booking can't be taken",
	body: "Your details are kept.",
	level: 0,
	createdAt: "2026-03-10T04:00:00Z",
	acknowledgedAt: null,
};

/** A customer who was away while the therapist declined. */
async function comeBack(change = {}): Promise<Screen> {
	const ready = await freshScreen();
	const { server, page } = ready;
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "villa" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	page.typeInForm("t-ayu", { area: "Ubud", location: "Jalan Raya 1" });
	await page.submitBooking("t-ayu", 175_000);
	const [made] = server.bookings;
	if (made) Object.assign(made, { status: "cancelled", cancelReason: "declined", version: 2 });
	server.fate = ({ method, path }) => {
		if (path === "/api/notifications")
			return answer({ items: [{ ...notice, ...change }], nextCursor: null, cursor: "c0" });
		if (method === "POST" && path.endsWith("/acknowledge"))
			return answer({ ...notice, ...change, acknowledgedAt: "2026-03-10T05:00:00Z" });
		return null;
	};
	const user = server.user;
	server.user = null;
	await page.loadSession();
	server.user = user;
	await page.loadSession();
	const { News } = await import("./News");
	render(<News />);
	await settle();
	return ready;
}

const acknowledged = ({ server }: Screen) =>
	server.to("POST", "/api/notifications/n-1/acknowledge");

it("says what became of a booking, with whom, until it is seen", async () => {
	const ready = await comeBack();
	expect(screen.getByRole("status").textContent).toContain("Ayu can't take this booking");
	fireEvent.click(screen.getByRole("button", { name: "Got it" }));
	await settle();
	expect(acknowledged(ready)).toHaveLength(1);
	expect(screen.queryByRole("status")).toBeNull();
});

it("is seen when the window of that booking is open", async () => {
	const ready = await comeBack();
	fireEvent.click(screen.getByRole("button", { name: /^Open chat: .*Ayu/ }));
	await settle();
	expect(acknowledged(ready)).toHaveLength(1);
	expect(screen.queryByRole("status")).toBeNull();
});

it("says how a text was judged and not how the booking stands, also beside its open window (R17)", async () => {
	const about = { title: "Your text was checked", body: "You can send it now, once." };
	const ready = await comeBack({ type: "message_allowed", ...about });
	const { openChat } = await import("../../state/windows");
	openChat("customer_u-budi_therapist_t-ayu");
	await settle();
	expect(screen.getByRole("status").textContent).toContain(about.title);
	expect(screen.getByRole("status").textContent).toContain(about.body);
	expect(screen.getByRole("status").textContent).not.toContain("can't take this booking");
	expect(acknowledged(ready)).toHaveLength(0);
});
