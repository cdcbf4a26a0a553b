import { render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { freshScreen, settle } from "../testing/screen";

async function open(): Promise<void> {
	await freshScreen((server) => {
		server.fate = () => "down";
	});
	const { ConnectionBanner } = await import("./ConnectionBanner");
	render(<ConnectionBanner />);
	await settle();
}

const sentence = () => screen.getByRole("status").textContent;

describe("the line about the connection (R22)", () => {
	it("says nothing for the first five seconds of a hiccup", async () => {
		await open();
		await settle(3_500);
		expect(sentence()).toBe("");
	});

	it("says it after five seconds also when the device's clock was set back meanwhile", async () => {
		await open();
		vi.setSystemTime(Date.now() - 3_600_000);
		await settle(7_000);
		expect(sentence()).toContain("No connection to Tenang");
	});

	it("then says what is wrong and what is safe, with a way to try now", async () => {
		await open();
		await settle(7_000);
		expect(sentence()).toBe("No connection to Tenang. What you write is kept and sent later");
		expect(screen.getByRole("button", { name: "Try now" })).toBeTruthy();
	});
});
