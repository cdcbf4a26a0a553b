import { act, fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { booking, budi, FakePayments, NUMBER, paymentCard } from "../../state/testing/payments";
import type { PaymentCard } from "../../state/types";
import { freshScreen, refuse, type Screen, settle } from "../testing/screen";

const GROUPED = "7310 9924 4821";
let server: Screen["server"];
let payments: FakePayments;
let unmount: () => void;

async function open(change: Partial<PaymentCard> = {}, own = false): Promise<void> {
	({ server } = await freshScreen((fresh) => {
		fresh.user = budi;
		fresh.bookings = [booking({ status: "therapist_accepted" })];
	}));
	await settle();
	payments = new FakePayments(server);
	const { CardFace } = await import("./CardFace");
	({ unmount } = render(<CardFace card={paymentCard(change)} own={own} />));
}

const press = async (name: string) => {
	const button = screen.getByRole("button", { name });
	button.focus();
	fireEvent.click(button);
	await settle();
};
const looks = () => server.to("POST", "/api/payment-cards/m-1/reveal");
const page = () => document.body.textContent ?? "";

beforeEach(() => open());

describe("a payment card in a chat (R18)", () => {
	it("shows bank, holder and the last digits, and says that a look is recorded", () => {
		for (const part of ["BCA", "Ayu Lestari", "•••• 4821", "That you looked is recorded"]) {
			expect(page()).toContain(part);
		}
		expect(looks()).toEqual([]);
	});

	it("shows the number when it is asked for, and hides it after a minute", async () => {
		await press("Show number");
		expect(page()).toContain(GROUPED);
		expect(document.activeElement?.textContent).toBe("Copy number");
		await act(() => settle(59_000));
		expect(page()).toContain(GROUPED);
		await act(() => settle(1_000));
		expect(page()).not.toContain("7310");
		expect(screen.getByRole("button", { name: "Show number" })).toBeTruthy();
		await press("Show number");
		expect(looks()).toHaveLength(2);
	});

	it("says how long the number stays", async () => {
		await press("Show number");
		expect(page()).toMatch(/hidden again in (60|59) s/);
		await act(() => settle(40_000));
		expect(page()).toMatch(/hidden again in (20|19) s/);
	});

	it("hides it at once when asked to, and when the page is put aside", async () => {
		await press("Show number");
		await press("Hide");
		expect(page()).not.toContain("7310");
		await press("Show number");
		await act(async () => void dispatchEvent(new Event("pagehide")));
		expect(page()).not.toContain("7310");
	});

	it("hides it behind another app or tab, where time may stand still", async () => {
		const visible = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
		const turn = () => act(async () => void document.dispatchEvent(new Event("visibilitychange")));
		await press("Show number");
		await turn();
		expect(page()).toContain(GROUPED);
		visible.mockReturnValue("hidden");
		await turn();
		expect(page()).not.toContain("7310");
		visible.mockReturnValue("visible");
		await turn();
		expect(page()).not.toContain("7310");
		fireEvent.click(screen.getByRole("button", { name: "Show number" }));
		visible.mockReturnValue("hidden");
		await act(() => settle());
		expect(page()).not.toContain("7310");
		visible.mockRestore();
	});

	it("is gone with its window, and stored nowhere", async () => {
		const kept = vi.spyOn(Storage.prototype, "setItem");
		await press("Show number");
		unmount();
		expect(page()).not.toContain("7310");
		expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain("7310");
		expect(JSON.stringify(kept.mock.calls)).not.toContain("7310");
		const { CardFace } = await import("./CardFace");
		render(<CardFace card={paymentCard()} own={false} />);
		expect(page()).not.toContain("7310");
	});

	it("does not appear in a window that was closed meanwhile", async () => {
		fireEvent.click(screen.getByRole("button", { name: "Show number" }));
		unmount();
		await settle();
		expect(page()).not.toContain("7310");
	});

	it("is copied as bare digits", async () => {
		const writeText = vi.fn(async () => {});
		vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
		await press("Show number");
		await press("Copy number");
		expect(writeText).toHaveBeenCalledWith(NUMBER);
	});

	it("says why there is no number once the booking is cancelled", async () => {
		payments.refuses = () => refuse(409, "booking_state", { current: booking() });
		await press("Show number");
		expect(screen.getByRole("alert").textContent).toContain("This booking was cancelled");
		expect(page()).not.toContain("7310");
	});

	it("says what to do when nothing answered", async () => {
		server.fate = () => "down";
		await press("Show number");
		expect(screen.getByRole("alert").textContent).toContain("Please try again");
	});

	it("warns when it is not the account any more", async () => {
		await open({ isOutdated: true });
		expect(page()).toContain("Please ask before you pay");
	});

	it("has no number to show for who sent it", async () => {
		await open({}, true);
		expect(screen.queryByRole("button")).toBeNull();
	});
});
