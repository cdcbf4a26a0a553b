import { render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { expect, it } from "vitest";
import { budi, freshScreen, refuse, settle } from "../testing/screen";

it("a list that is refused for good ends in a sentence with a way to ask again", async () => {
	const { page, server } = await freshScreen((server) => {
		server.fate = ({ path }) => (path === "/api/conversations" ? refuse(403, "forbidden") : null);
	});
	server.user = budi;
	await page.loadSession();
	const { BookingsPage } = await import("./BookingsPage");
	render(
		<LocationProvider>
			<BookingsPage />
		</LocationProvider>,
	);
	await settle();
	expect(screen.getByRole("alert").textContent).toContain("This could not be loaded");
	// The long-poll takes over from the socket that hangs: the one reconnect after which it is asked again.
	await settle(5_000);
	const before = server.to("GET", "/api/conversations").length;
	await settle(600_000);
	expect(server.to("GET", "/api/conversations")).toHaveLength(before);
	server.fate = () => null;
	screen.getByRole("button", { name: "Try again" }).click();
	await settle();
	expect(screen.getByText("No bookings yet")).toBeTruthy();
});
