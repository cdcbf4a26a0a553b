import { act, fireEvent, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { describe, expect, it } from "vitest";
import type { Role } from "../../state/types";
import { freshScreen, settle } from "../testing/screen";

async function signedInAs(role: Role) {
	await freshScreen((server) => {
		const person = {
			id: "u-1",
			displayName: "Nyoman",
			isGuest: false,
			locale: "en",
			shareTyping: true,
			sharePresence: true,
		};
		server.user = { ...person, role, timezone: "Asia/Makassar", therapistId: null };
	});
	await settle();
}

describe("the operator's account", () => {
	it("is told what it is for, and can be left", async () => {
		await signedInAs("operator");
		const { AccountPage } = await import("./AccountPage");
		render(
			<LocationProvider>
				<AccountPage />
			</LocationProvider>,
		);
		expect(screen.getByText(/looks after the installation/)).toBeTruthy();
		expect(screen.getByRole("button", { name: "Sign out" })).toBeTruthy();
	});

	it.each(["operator", "therapist"] as const)(
		"finds no bookings to wait for: nor does a %s",
		async (role) => {
			await signedInAs(role);
			const { BookingsPage } = await import("../bookings/BookingsPage");
			render(<BookingsPage />);
			await settle(1_000);
			expect(screen.getByRole("heading", { name: "This page is for customers" })).toBeTruthy();
			expect(screen.queryByText("Loading…")).toBeNull();
		},
	);

	it("has nothing to show to people one chats with", async () => {
		await signedInAs("operator");
		const { AccountPage } = await import("./AccountPage");
		render(
			<LocationProvider>
				<AccountPage />
			</LocationProvider>,
		);
		expect(screen.queryByRole("switch")).toBeNull();
	});

	it("has no tab for bookings", async () => {
		await signedInAs("operator");
		const { Frame } = await import("../shell/Frame");
		render(
			<LocationProvider>
				<Frame covered={false} beside={false} notices={null}>
					page
				</Frame>
			</LocationProvider>,
		);
		expect(screen.getAllByRole("link").map((link) => link.textContent)).not.toContain("Bookings");
	});
});

describe("what others notice", () => {
	const typing = () => screen.getByRole("switch", { name: "Show when I am typing" });

	it("is on until turned off, and on again with a word when it cannot be saved", async () => {
		await signedInAs("therapist");
		const { SharingChoice } = await import("./SharingChoice");
		const { notices } = await import("../status/notices");
		render(<SharingChoice />);
		expect(typing().getAttribute("aria-checked")).toBe("true");
		fireEvent.click(typing());
		expect(typing().getAttribute("aria-checked")).toBe("false");
		await act(() => settle());
		expect(typing().getAttribute("aria-checked")).toBe("true");
		expect((typing() as HTMLInputElement).checked).toBe(true);
		expect(notices.value).toHaveLength(1);
	});
});
