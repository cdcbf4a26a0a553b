import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { freshScreen, settle } from "../testing/screen";

async function onDuty() {
	const { page } = await freshScreen((server) => {
		const person = {
			id: "u-ayu",
			displayName: "Ayu",
			isGuest: false,
			locale: "en",
			shareTyping: true,
			sharePresence: true,
		};
		server.user = { ...person, role: "therapist", timezone: "Asia/Makassar", therapistId: "t-ayu" };
	});
	await page.loadTherapist("t-ayu");
	const { DutyCard } = await import("./DutyCard");
	render(<DutyCard />);
	await settle();
}

const meaning = () => screen.getAllByRole("status")[0]?.textContent;

describe("the availability switch", () => {
	it("promises no sound while the sound is off, and does once it was heard", async () => {
		vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
		await onDuty();
		expect(screen.getByText("Sound is off")).toBeTruthy();
		expect(meaning()).not.toContain("ring");
		fireEvent.click(screen.getByRole("button", { name: "Turn sound on" }));
		await settle();
		expect(screen.queryByText("Sound is off")).toBeNull();
		expect(meaning()).toContain("ring on this device");
	});
});
