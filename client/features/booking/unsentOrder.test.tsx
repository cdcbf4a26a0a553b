import { cleanup, render, screen, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { describe, expect, it } from "vitest";
import { fillDevice, freshScreen, loadAgain, type Screen, settle } from "../testing/screen";

const AYU = "t-ayu";

/** An order that nothing answers, with the window and the banner about it. */
async function open(prepare: () => void = () => {}): Promise<Screen> {
	const ready = await freshScreen();
	const { page, server } = ready;
	await page.loadTherapist(AYU);
	page.chooseInForm(AYU, { serviceId: "s-60", when: "asap", locationType: "villa" });
	page.chooseInForm(AYU, { massageFor: "male" });
	page.typeInForm(AYU, { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.typeInForm(AYU, { area: "Ubud", location: "Jalan Raya 1" });
	page.openBookingWindow(AYU);
	prepare();
	server.fate = ({ method }) => (method === "POST" ? "down" : null);
	const outcome = page.submitBooking(AYU, 175_000);
	await settle(3_000);
	await outcome;
	await draw(page);
	return ready;
}

async function draw(page: Screen["page"]): Promise<void> {
	const { BookingWindow } = await import("./BookingWindow");
	const { UnsentBanner } = await import("../status/UnsentBanner");
	const Front = () => {
		const window = page.windows.value.at(-1);
		return window ? <BookingWindow window={window} modal /> : null;
	};
	render(
		<LocationProvider>
			<UnsentBanner />
			<Front />
		</LocationProvider>,
	);
	await settle();
}

describe("an order that is not sent yet (R3)", () => {
	it("is said to be saved where it is", async () => {
		await open();
		expect(screen.getAllByText(/Saved on this device, not sent yet/)).toHaveLength(2);
		expect(screen.queryByText(/keep this page open/)).toBeNull();
	});

	it("is not said to be saved where the phone is full, but to need the page", async () => {
		await open(() => {
			fillDevice();
		});
		expect(screen.getAllByText(/Not sent yet, and not saved on this device/)).toHaveLength(2);
		expect(screen.getAllByText(/keep this page open/)).toHaveLength(2);
		expect(screen.queryByText(/Saved on this (phone|device)/)).toBeNull();
	});

	it("shows its details on a page that nothing tells about the therapist", async () => {
		const { server } = await open();
		cleanup();
		server.fate = ({ method, path }) =>
			method === "POST" || path.startsWith("/api/therapists") ? "down" : null;
		const page = await loadAgain();
		expect(page.knownTherapist(AYU)).toBeNull();
		await draw(page);
		const window = within(screen.getByRole("dialog", { name: "Ayu" }));
		expect(window.getByText(/60 min/)).toBeTruthy();
		expect(window.getByText(/175[.,]000/)).toBeTruthy();
		expect(window.getByText("Jalan Raya 1")).toBeTruthy();
		const before = server.to("POST", "/api/session/guest").length;
		window.getByRole("button", { name: "Send now" }).click();
		await settle(1_000);
		expect(server.to("POST", "/api/session/guest").length).toBeGreaterThan(before);
		expect(window.queryByRole("button", { name: "Change booking" })).toBeNull();
	});

	it("of a guest who then signed in is asked about, and goes out on one tap", async () => {
		const { page, server } = await open();
		server.fate = () => null;
		server.user = {
			id: "u-account",
			role: "customer",
			displayName: "Budi",
			isGuest: false,
			locale: "en",
			timezone: "Asia/Makassar",
			therapistId: null,
			shareTyping: true,
			sharePresence: true,
		};
		await page.loadSession();
		await settle();
		page.openBookingWindow(AYU);
		await settle();
		const question = screen.getByRole("alertdialog", {
			name: "Send this booking as Budi?",
		});
		expect(question.textContent).toContain("It was made on this device before you signed in");
		expect(server.to("POST", "/api/bookings")).toHaveLength(0);
		screen.getByRole("button", { name: "Send it" }).click();
		await settle(5_000);
		expect(server.to("POST", "/api/bookings")).toHaveLength(1);
		expect(server.guests.size).toBe(0);
	});
});
