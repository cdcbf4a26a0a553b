import { act, render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { budi, conversation, FakeSocket, ROOM, START } from "../../state/testing/page";
import { freshScreen, settle } from "../testing/screen";

const HOUR = 3_600_000;

async function open(change: object = {}) {
	await freshScreen((server) => {
		server.user = budi;
	});
	FakeSocket.last.welcome("c0");
	const { Whereabouts } = await import("./Whereabouts");
	const room = { ...conversation(), ownRole: "customer", ownReadSeq: 0, ...change } as const;
	const shown = render(<Whereabouts room={room} otherName="Ayu" />);
	await settle();
	return shown.container;
}

const tell = (frame: object) =>
	act(() => FakeSocket.last.sayRaw(JSON.stringify({ conversationId: ROOM, ...frame })));
const types = () => tell({ type: "typing", role: "therapist" });
const stands = (isOnline: boolean, ago = 0) =>
	tell({
		type: "presence",
		isOnline,
		lastSeenAt: isOnline ? null : new Date(START - ago).toISOString(),
	});
const news = () => screen.getByRole("status").textContent;

describe("what stands under the other one's name", () => {
	it("is nothing until it is known", async () => {
		expect((await open()).textContent).toBe("");
	});

	it("is that she is here, then when she was last", async () => {
		const box = await open();
		await stands(true);
		expect(box.textContent).toContain("Online");
		await stands(false, 5 * 60_000);
		expect(box.textContent).toMatch(/Last seen 5 min\S* ago/);
		await stands(false, 20_000);
		expect(box.textContent).toContain("Last seen just now");
		await stands(false, 50 * HOUR);
		expect(box.textContent).toMatch(/Last seen \w+ \d+ \w+, \d\d:\d\d/);
	});

	it("is that she writes, which is said once to who listens", async () => {
		const box = await open();
		await types();
		expect(box.textContent).toContain("typing…");
		expect(news()).toBe("Ayu is typing");
		await act(() => settle(7_000));
		expect(box.textContent).toBe("");
		await types();
		expect(box.textContent).toContain("typing…");
		expect(news()).toBe("");
		await act(() => settle(31_000));
		await types();
		expect(news()).toBe("Ayu is typing");
	});

	it("is not asked for where the chat is closed", async () => {
		await open({ isOpen: false });
		expect(FakeSocket.last.frames("presence")).toEqual([]);
	});
});
