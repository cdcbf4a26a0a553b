import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import type { Role } from "../../state/types";
import { freshScreen, settle } from "../testing/screen";

const person = {
	id: "u-1",
	displayName: "Nur",
	isGuest: false,
	locale: "en",
	shareTyping: true,
	sharePresence: true,
} as const;

async function open(role: Role | null): Promise<void> {
	await freshScreen((server) => {
		server.user = role && { ...person, role, timezone: "Asia/Makassar", therapistId: null };
	});
	const { TherapistPage } = await import("./TherapistPage");
	render(<TherapistPage id="t-ayu" />);
	await settle();
}

const bookButtons = () => screen.queryAllByRole("button", { name: /book/i });

describe("a provider's page (R1)", () => {
	it.each([null, "customer"] as const)("lets a person of role %s book", async (role) => {
		await open(role);
		expect(bookButtons().length).toBeGreaterThan(1);
	});

	it.each(["therapist", "operator"] as const)(
		"offers a %s no booking, which the server would refuse, and says whose it is",
		async (role) => {
			await open(role);
			expect(bookButtons()).toEqual([]);
			screen.getByText(/customers book here/i);
		},
	);
});
