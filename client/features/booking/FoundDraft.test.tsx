import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { fillDevice, freshScreen, type Screen, settle } from "../testing/screen";

const KEY = "session_t-ayu_guest";

/** The form on a device on which an earlier visit left `left`. */
async function open(left: unknown = null, prepare = () => {}): Promise<Screen["page"]> {
	const { page, server } = await freshScreen(() => {
		const text = typeof left === "string" ? left : JSON.stringify(left);
		if (left !== null) localStorage.setItem(KEY, text);
		prepare();
	});
	await page.loadTherapist("t-ayu");
	const therapist = page.therapistById("t-ayu").value.value;
	if (!therapist) throw new Error(`no therapist after ${server.asked.length} requests`);
	const { FormStep } = await import("./FormStep");
	render(<FormStep therapist={therapist} refused={[]} onReview={() => {}} />);
	await settle();
	return page;
}

const left = {
	fields: { customerName: "Budi", note: "firm" },
	savedAt: Date.parse("2026-03-10T03:30:00Z"),
};
const name = () => (screen.getByLabelText("Your name") as HTMLInputElement).value;
const press = async (label: string) => {
	fireEvent.click(screen.getByRole("button", { name: label }));
	await settle();
};
const typeName = (value: string) =>
	fireEvent.input(screen.getByLabelText("Your name"), { target: { value } });

describe("coming back to a form (R27)", () => {
	it("says what was found and when it was saved, and goes on with it", async () => {
		await open(left);
		expect(screen.getByText("We found your previous booking draft")).toBeTruthy();
		expect(screen.getAllByText(/^Saved \d\d:30/).length).toBeGreaterThan(0);
		await press("Continue");
		expect(screen.queryByText("We found your previous booking draft")).toBeNull();
		expect(name()).toBe("Budi");
	});

	it("starts fresh on a word, and takes typing for going on", async () => {
		await open(left);
		typeName("Budi S");
		await settle();
		expect(screen.queryByText("We found your previous booking draft")).toBeNull();
		expect(name()).toBe("Budi S");
	});

	it("is empty after starting fresh, on the device too", async () => {
		await open(left);
		await press("Start fresh");
		expect([name(), localStorage.getItem(KEY)]).toEqual(["", null]);
	});

	it("asks nothing where nothing was left", async () => {
		await open();
		expect(screen.queryByText("We found your previous booking draft")).toBeNull();
		expect(screen.queryByRole("button", { name: "Don't save this" })).toBeNull();
	});

	it("says plainly that what was saved could not be read", async () => {
		await open("{");
		expect(screen.getByText(/could not be read, so the form starts empty/)).toBeTruthy();
		await press("All right");
		expect(screen.queryByText(/could not be read/)).toBeNull();
	});
});

describe("the save indicator (R27)", () => {
	it("says that it is being saved, then when it was", async () => {
		await open();
		typeName("Budi");
		await settle();
		expect(screen.getByText("Saving…")).toBeTruthy();
		await settle(1_000);
		expect(screen.getByText(/^Saved \d\d:\d\d$/)).toBeTruthy();
	});

	it("says that nothing is kept where the device is full", async () => {
		await open(null, fillDevice);
		typeName("Budi");
		await settle(1_000);
		expect(screen.getByText(/this device keeps nothing right now/)).toBeTruthy();
	});
});
