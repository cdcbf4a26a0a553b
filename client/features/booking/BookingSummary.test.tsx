import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import type { Booking, MemberRole } from "../../state/types";
import { freshScreen, settle } from "../testing/screen";

const ways = { onChangeTime: vi.fn(), onOther: vi.fn(), onDismiss: vi.fn() };

async function open(change: Partial<Booking>, viewer: MemberRole = "customer", isUnlocked = false) {
	for (const way of Object.values(ways)) way.mockClear();
	const { server, page } = await freshScreen();
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	const made = await page.submitBooking("t-ayu", 175_000);
	if (made.outcome !== "booked") throw new Error("the fake server made no booking");
	const { BookingSummary } = await import("./BookingSummary");
	const booking = { ...made.booking, ...change };
	render(<BookingSummary booking={booking} viewer={viewer} isUnlocked={isUnlocked} {...ways} />);
	await settle();
	return { server };
}

const button = (name: string) => screen.queryByRole("button", { name });
const over = { status: "cancelled", expiresAt: null } as const;

describe("the booking above its chat", () => {
	it("waits for the therapist with a countdown (R6)", async () => {
		await open({});
		expect(screen.getByText("Waiting for Ayu")).toBeTruthy();
		await settle(61_000);
		expect(screen.getByRole("timer").textContent).toContain("8:59 left");
	});

	it("says who may write while it waits (R12)", async () => {
		await open({});
		expect(screen.getByText("You can write now. Ayu can answer after accepting.")).toBeTruthy();
		cleanup();
		await open({}, "customer", true);
		expect(screen.queryByText(/can answer after accepting/)).toBeNull();
		expect(screen.getByText(/You can both write/)).toBeTruthy();
	});

	it.each([
		["declined", "You declined this booking"],
		["answer_expired", "You did not answer in time"],
	] as const)("speaks to the therapist of what she did or left (%s)", async (reason, words) => {
		await open({ ...over, cancelReason: reason }, "therapist");
		expect(screen.getByText(words)).toBeTruthy();
	});

	it("never shows more time than there was, whatever the clocks say", async () => {
		const now = Date.now();
		const at = (offset: number) => new Date(now + offset).toISOString();
		await open({ createdAt: at(1_500), expiresAt: at(601_500) });
		expect(screen.getByRole("timer").textContent).toContain("10:00 left");
	});

	it("asks the customer to confirm what was accepted", async () => {
		const { server } = await open({ status: "therapist_accepted" });
		fireEvent.click(screen.getByRole("button", { name: "Confirm booking" }));
		await settle();
		expect(server.to("POST", "/api/bookings/b-1/confirm")).toHaveLength(1);
	});

	it("cancels only after a question", async () => {
		const { server } = await open({ status: "user_confirmed", expiresAt: null });
		fireEvent.click(screen.getByRole("button", { name: "Cancel booking" }));
		expect(server.to("POST", /cancel$/)).toHaveLength(0);
		const question = screen.getByRole("alertdialog", { name: "Cancel this booking?" });
		expect(document.activeElement).toBe(question);
		fireEvent.click(screen.getByRole("button", { name: "Yes, cancel it" }));
		await settle();
		expect(server.to("POST", /cancel$/)).toHaveLength(1);
	});

	it.each([
		["declined", "Ayu can't take this booking"],
		["answer_expired", "Ayu did not answer in time"],
		["confirm_expired", "Not confirmed in time"],
	] as const)("keeps the details after %s and offers three ways on", async (reason, title) => {
		await open({ ...over, cancelReason: reason, cancelledBy: "system" });
		expect(screen.getByText(title)).toBeTruthy();
		fireEvent.click(screen.getByRole("button", { name: "Try another therapist" }));
		fireEvent.click(screen.getByRole("button", { name: "Change time" }));
		fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
		for (const way of Object.values(ways)) expect(way).toHaveBeenCalledOnce();
	});

	it("says who cancelled, and why when that was written", async () => {
		const cancelled = { ...over, cancelReason: "therapist_cancelled", cancelledBy: "therapist" };
		await open({ ...cancelled, cancelNote: "My motorbike broke down" } as Partial<Booking>);
		expect(screen.getByText("Cancelled by Ayu: My motorbike broke down")).toBeTruthy();
		expect(button("Try another therapist")).toBeNull();
	});

	it("offers a therapist neither confirming nor cancelling a request", async () => {
		await open({}, "therapist");
		expect(button("Confirm booking")).toBeNull();
		expect(button("Cancel session")).toBeNull();
	});
});
