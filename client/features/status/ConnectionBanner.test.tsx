import { render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { FakeSocket, freshScreen, settle } from "../testing/screen";

async function open(): Promise<void> {
	await freshScreen((server) => {
		server.fate = () => "down";
	});
	const { ConnectionBanner } = await import("./ConnectionBanner");
	render(<ConnectionBanner />);
	await settle();
}

const sentence = () => screen.getByRole("status").textContent;
const shown = () => screen.getByRole("status").parentElement?.textContent ?? "";

/** A page whose socket answers every ping after `latency` ms. */
async function openOn(latency: number): Promise<void> {
	await freshScreen();
	const { ConnectionBanner } = await import("./ConnectionBanner");
	render(<ConnectionBanner />);
	FakeSocket.last.welcome();
	for (let answered = 0; answered < 3; ) {
		await settle(100);
		if (FakeSocket.last.frames("ping").length === answered) continue;
		await settle(latency - 100);
		FakeSocket.last.pong();
		answered += 1;
	}
	await settle(1_000);
}

/** A page whose server goes away, until the ladder stands on a long step. */
async function loseForGood(losses = 4): Promise<void> {
	const { server } = await freshScreen();
	const { ConnectionBanner } = await import("./ConnectionBanner");
	render(<ConnectionBanner />);
	server.fate = () => "down";
	for (let loss = 0; loss < losses; loss++) {
		FakeSocket.last.cut();
		await settle(2 ** loss * 1_000);
	}
	FakeSocket.last.cut();
	await settle(1_000);
}

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

	it("names the reason and the attempt, and counts down to the next one", async () => {
		await loseForGood();
		expect(shown()).toContain("The server can't be reached · Attempt 5 of 10");
		expect(shown()).toMatch(/Reconnecting in 1[0-6] s…/);
	});

	it("counts the same seconds when the device's clock is set in the middle", async () => {
		await loseForGood();
		const before = /in (\d+) s/.exec(shown())?.[1];
		vi.setSystemTime(Date.now() + 3_600_000);
		await settle(1_000);
		const after = /in (\d+) s/.exec(shown())?.[1];
		expect(Number(before) - Number(after)).toBeLessThanOrEqual(2);
		expect(Number(after)).toBeGreaterThan(4);
	});

	it("shows no seconds below five", async () => {
		await loseForGood();
		await settle(11_000);
		expect(shown()).toContain("Reconnecting…");
	});

	it("says that the device is offline when the device says so", async () => {
		await freshScreen();
		const { ConnectionBanner } = await import("./ConnectionBanner");
		render(<ConnectionBanner />);
		window.dispatchEvent(new Event("offline"));
		await settle(7_000);
		expect(sentence()).toBe("You are offline. What you write is kept and sent later");
		expect(screen.getByRole("button", { name: "Try now" })).toBeTruthy();
	});

	it("says that a line is slow once it has been measured to be, and nothing of one that is not", async () => {
		await openOn(600);
		expect(sentence()).toBe("Slow connection, messages take longer");
		await openOn(250);
		expect(sentence()).toBe("");
	});

	it("does not call a line that takes more than a second offline", async () => {
		await openOn(1_400);
		const { connection } = await import("../../state/connection");
		expect(connection.value).toMatchObject({ isConnected: true, quality: "disconnected" });
		expect(sentence()).toBe("Very slow connection. Messages still go out and arrive, later");
	});

	it("tries at once when it is told to", async () => {
		await loseForGood();
		const before = FakeSocket.all.length;
		screen.getByRole("button", { name: "Try now" }).click();
		expect(FakeSocket.all.length).toBe(before + 1);
	});
});
