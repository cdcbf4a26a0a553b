import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { FakeSocket, freshScreen, settle } from "../testing/screen";

async function open(): Promise<Element> {
	await freshScreen();
	const { ConnectionIndicator } = await import("./ConnectionIndicator");
	return render(<ConnectionIndicator />).container;
}

async function answerAfter(latency: number): Promise<void> {
	FakeSocket.last.welcome();
	await settle(latency);
	FakeSocket.last.pong();
}

const name = () => screen.getByRole("button").getAttribute("aria-label");

describe("how the connection is, in a chat's header (R22)", () => {
	it.each([
		[40, 3, "excellent", "40 ms"],
		[150, 2, "good", "150 ms"],
		[700, 1, "poor", "700 ms"],
		[1_400, 0, "very slow", "1.4 s"],
	])("%i ms: %i dots, %s, as %s", async (latency, dots, quality, words) => {
		const header = await open();
		await answerAfter(latency);
		expect(header.querySelectorAll(".lit")).toHaveLength(dots);
		expect(name()).toBe(`Connection: ${quality}, ${words}. Reconnect`);
		expect(header.textContent).toContain(words);
	});

	it("no connection: no dot, and a sign that is not colour alone", async () => {
		const header = await open();
		expect(header.querySelectorAll(".lit")).toHaveLength(0);
		expect(header.querySelector(".dots .icon")).toBeTruthy();
		expect(name()).toBe("Connection: none. Reconnect");
	});

	it("connects anew when it is pressed", async () => {
		await open();
		await answerAfter(40);
		await settle(1_000);
		screen.getByRole("button").click();
		await settle();
		expect(FakeSocket.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	it("has the line measured every 5 s for as long as it is seen", async () => {
		await freshScreen();
		const { ConnectionIndicator } = await import("./ConnectionIndicator");
		const { unmount } = render(<ConnectionIndicator />);
		const pings = () => FakeSocket.last.frames("ping").length;
		await answerAfter(40);
		for (let round = 0; round < 3; round++) {
			await settle(5_000);
			FakeSocket.last.pong();
		}
		expect(pings()).toBe(4);
		unmount();
		await settle(10_000);
		expect(pings()).toBe(4);
		await settle(5_000);
		expect(pings()).toBe(5);
	});
});
