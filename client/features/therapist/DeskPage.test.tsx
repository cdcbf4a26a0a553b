import { render, screen, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { expect, it } from "vitest";
import { ayuUser, freshScreen, refuse, settle } from "../testing/screen";

/** The dashboard, where the lists have this fate. */
async function open(fate: () => "down" | "hangs" | Response | null) {
	const { page, server } = await freshScreen();
	server.fate = ({ path }) => (/^.api.(bookings|conversations)$/.test(path) ? fate() : null);
	server.user = ayuUser;
	await page.loadSession();
	const { DeskPage } = await import("./DeskPage");
	render(
		<LocationProvider>
			<DeskPage />
		</LocationProvider>,
	);
	await settle();
	return server;
}

const EMPTY = ["No requests right now", "Nothing planned yet", "No chats yet"];
const claims = () => EMPTY.filter((text) => screen.queryByText(text));

it("says that there is nothing only when that is known", async () => {
	const server = await open(() => "down");
	await settle(400);
	expect(claims()).toEqual([]);
	server.fate = () => null;
	await settle(30_000);
	expect(claims()).toEqual(EMPTY);
});

it("does not call a list empty that was refused", async () => {
	await open(() => refuse(403, "forbidden"));
	const requests = screen.getByRole("region", { name: "Requests" });
	expect(within(requests).getByRole("alert").textContent).toContain("This could not be loaded");
	expect(claims()).toEqual([]);
});

const requests = () => screen.queryByRole("heading", { level: 2, name: /request/i });

it("does not show what will move once it is known whether somebody waits (R35)", async () => {
	await open(() => "hangs");
	expect(screen.getByRole("heading", { level: 1 })).toBeTruthy();
	expect(requests()).toBeNull();
});

it("shows all of it when the lists are there, and also when they cannot be had now (R35)", async () => {
	await open(() => null);
	expect(requests()).toBeTruthy();
	await open(() => "down");
	expect(requests()).toBeTruthy();
});
