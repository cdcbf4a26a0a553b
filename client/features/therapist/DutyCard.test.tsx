import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { ayuUser, freshScreen, settle } from "../testing/screen";

async function onDuty() {
	const { page } = await freshScreen((server) => {
		server.user = ayuUser;
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
