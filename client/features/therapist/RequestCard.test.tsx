import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import type { Booking } from "../../state/types";
import { answer, freshScreen, type Screen, settle } from "../testing/screen";

let server: Screen["server"];
let page: Screen["page"];

/** The request of a customer, as the therapist sees it. */
async function open(): Promise<void> {
	const ready = await freshScreen();
	server = ready.server;
	page = ready.page;
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
const line = () => screen.getByRole("status").textContent;
const declines = () => server.to("POST", "/api/bookings/b-1/decline");

/** The booking as the server has it. */
function request(): Booking {
	const [booking] = server.bookings;
	if (!booking) throw new Error("the fake server has no booking");
	return booking;
}

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

	it("says that it is declining, then that there is no answer yet, and never drops it offline", async () => {
		server.fate = () => "down";
		await press("Decline the booking of Budi");
		await settle(5_000);
		expect(line()).toBe("Declining…");
		await settle(3_000);
		expect(line()).toBe(
			"No answer yet. We are checking, and this card will show what became of it.",
		);
		const before = declines().length;
		server.fate = ({ path }) =>
			path.endsWith("/decline") ? answer({ ...request(), status: "cancelled", version: 2 }) : null;
		window.dispatchEvent(new Event("online"));
		await settle();
		expect(declines()).toHaveLength(before + 1);
		expect(page.bookings.value.get("b-1")?.status).toBe("cancelled");
	});

	it("tells no lie when the answer to accepting is lost, and finds out what became of it", async () => {
		server.fate = ({ path }) => (path.endsWith("/accept") ? "lost" : null);
		await press("Accept the booking of Budi");
		expect(line()).toBe("Accepting…");
		await settle(3_000);
		const { notices } = await import("../status/notices");
		expect(notices.value.map(({ text }) => text).join()).toMatch(/^No answer yet\./);
		expect(line()).toMatch(/^No answer yet/);
		server.fate = ({ path }) =>
			path.endsWith("/accept")
				? answer({ ...request(), status: "therapist_accepted", version: 2 })
				: null;
		await settle(4_000);
		expect(page.bookings.value.get("b-1")?.status).toBe("therapist_accepted");
		expect(screen.queryByRole("status")).toBeNull();
	});

	it("sends a decline that can still be undone before the sign-out, not after", async () => {
		await press("Decline the booking of Budi");
		server.fate = ({ path }) =>
			path.endsWith("/decline") ? answer({ ...request(), status: "cancelled", version: 2 }) : null;
		expect(await page.signOut()).toMatchObject({ ok: true });
		const paths = server.asked.filter(({ method }) => method !== "GET").map(({ path }) => path);
		expect(paths.slice(-2)).toEqual(["/api/bookings/b-1/decline", "/api/session"]);
	});

	it("does not sign out over a decline that has no answer", async () => {
		await press("Decline the booking of Budi");
		server.fate = ({ path }) => (path.endsWith("/decline") ? "down" : null);
		const leaving = page.signOut();
		await settle(3_000);
		expect(await leaving).toMatchObject({ ok: false, error: { code: "unsent" } });
		expect(server.to("DELETE", "/api/session")).toHaveLength(0);
	});
});
