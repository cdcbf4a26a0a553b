import { render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { describe, expect, it } from "vitest";
import { freshScreen, settle } from "../testing/screen";

const ayu = {
	id: "u-ayu",
	displayName: "Ayu",
	isGuest: false,
	locale: "en",
	shareTyping: true,
	sharePresence: true,
	role: "therapist",
	timezone: "Asia/Makassar",
	therapistId: "t-ayu",
} as const;

async function desk(fate: "hangs" | "down" | null) {
	const { server } = await freshScreen((server) => {
		server.user = ayu;
		server.fate = ({ path }) => (path === "/api/bookings" ? fate : null);
	});
	const { DeskPage } = await import("./DeskPage");
	render(
		<LocationProvider>
			<DeskPage />
		</LocationProvider>,
	);
	await settle();
	return server;
}

const requests = () => screen.queryByRole("heading", { level: 2, name: /request/i });

describe("the dashboard while its bookings come (R35)", () => {
	it("does not show what will move once it is known whether somebody waits", async () => {
		await desk("hangs");
		expect(screen.getByRole("heading", { level: 1 })).toBeTruthy();
		expect(requests()).toBeNull();
	});

	it("shows all of it when they are there, and also when they cannot be had now", async () => {
		await desk(null);
		expect(requests()).toBeTruthy();
		await desk("down");
		expect(requests()).toBeTruthy();
	});
});
