import { render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { describe, expect, it } from "vitest";
import { freshScreen, refuseBookings, type Screen, settle } from "../testing/screen";

type Server = Screen["server"];

/** The window with a form that is ready to be sent. */
async function open(prepare?: (server: Server) => void): Promise<Screen> {
	const ready = await freshScreen(prepare);
	const { page } = ready;
	await page.loadTherapist("t-ayu");
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "villa" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.typeInForm("t-ayu", { area: "Ubud", location: "Jalan Raya 1" });
	page.openBookingWindow("t-ayu");
	const { BookingWindow } = await import("./BookingWindow");
	const Front = () => {
		const window = page.windows.value.at(-1);
		return window ? <BookingWindow window={window} modal /> : null;
	};
	render(
		<LocationProvider>
			<Front />
		</LocationProvider>,
	);
	await settle();
	return ready;
}

async function press(name: string | RegExp): Promise<void> {
	screen.getByRole("button", { name }).click();
	await settle();
}

async function send(): Promise<void> {
	await press("Review booking");
	await press("Send booking");
}

const dialog = () => screen.getByRole("dialog", { name: "Ayu" });

describe("the chat booking window", () => {
	it("shows the parts of the price before anything is sent", async () => {
		const { server } = await open();
		await press("Review booking");
		for (const part of ["Rp150.000", "Rp25.000", "Rp175.000"]) {
			expect(dialog().textContent).toContain(part);
		}
		expect(server.to("POST", "/api/bookings")).toHaveLength(0);
	});

	it("opens the chat from the booking's answer alone, while the socket hangs (R4)", async () => {
		await open();
		await send();
		expect(screen.getByRole("log", { name: "Messages with Ayu" })).toBeTruthy();
		expect(screen.getByRole("textbox", { name: "Message to Ayu" })).toBeTruthy();
		expect(screen.getByText("Waiting for Ayu")).toBeTruthy();
		expect(screen.getByRole("timer", { name: "Time left" }).textContent).toContain("10:00 left");
	});

	it("says that it is saved when nothing answers, and sends it when pressed (R3)", async () => {
		const { server } = await open();
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		await send();
		await settle(40_000);
		expect(screen.getByText("Saved on this device, not sent yet")).toBeTruthy();
		server.fate = () => null;
		await press("Send now");
		expect(screen.getByText("Waiting for Ayu")).toBeTruthy();
	});

	it("asks when the price has changed, and books for the new one only then", async () => {
		const { server } = await open();
		const now = { price: 175_000, servicePrice: 150_000, travelFee: 25_000, currency: "IDR" };
		refuseBookings(server, 409, "price_changed", { current: { ...now, price: 190_000 } });
		await send();
		expect(screen.getByRole("alertdialog", { name: "The price has changed" })).toBeTruthy();
		expect(dialog().textContent).toContain("It was Rp175.000, now it is Rp190.000.");
		await press("Book for Rp190.000");
		expect(server.to("POST", "/api/bookings").at(-1)?.body.expectedPrice).toBe(190_000);
	});

	it("says in a sentence what was refused that the form has no field for, and leads back to it", async () => {
		const { server } = await open();
		const errors = [{ field: "therapistId", code: "unknown", message: "" }];
		refuseBookings(server, 422, "validation", { detail: "She has left.", errors });
		await send();
		expect(screen.getByRole("alertdialog").textContent).toContain("She has left.");
		server.fate = () => null;
		await press("Back to the form");
		await send();
		expect(screen.getByText("Waiting for Ayu")).toBeTruthy();
	});

	it.each([
		["slot_taken", "This time has just been taken"],
		["therapist_unavailable", "Ayu is not taking bookings right now"],
	])("keeps the form after %s and offers another time", async (code, title) => {
		const { server, page } = await open();
		refuseBookings(server, 409, code);
		await send();
		expect(screen.getByRole("alertdialog", { name: title })).toBeTruthy();
		await press("Choose another time");
		expect(page.bookingForm("t-ayu").value.fields).toMatchObject({
			customerName: "Budi",
			when: null,
		});
		expect(screen.getByRole("button", { name: "Review booking" })).toBeTruthy();
	});

	it("explains a broken booking instead of showing a broken chat (R7)", async () => {
		await open((server) => {
			server.change = { price: 0, customerName: "" };
		});
		await send();
		expect(screen.getByText("This booking can't be opened")).toBeTruthy();
		expect(dialog().textContent).toContain("Missing or damaged: the customer and the price.");
		expect(screen.queryByRole("log")).toBeNull();
		await press("Close");
		expect(screen.queryByRole("dialog")).toBeNull();
	});
});
