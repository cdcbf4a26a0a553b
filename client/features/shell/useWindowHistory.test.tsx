import { signal } from "@preact/signals";
import { act, cleanup, render } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useWindowHistory } from "./useWindowHistory";

type Open = { id: string };

const fakes = vi.hoisted(() => ({ personal: {} as never, owner: {} as never }));
vi.mock("../../state/whenPersonal", () => ({
	get personal() {
		return fakes.personal;
	},
}));
vi.mock("../../state/session", () => ({
	get owner() {
		return fakes.owner;
	},
}));

/** A history that takes a step back only when the browser gets to it, as browsers do. */
class FakeHistory {
	entries: (Record<string, unknown> | null)[] = [null];
	at = 0;
	steps = 0;

	get state() {
		return this.entries[this.at] ?? null;
	}

	pushState(state: Record<string, unknown>): void {
		this.entries = [...this.entries.slice(0, this.at + 1), state];
		this.at += 1;
	}

	replaceState(state: Record<string, unknown>): void {
		this.entries[this.at] = state;
	}

	back(): void {
		this.steps += 1;
	}

	/** The browser takes the steps that were asked for. */
	async arrive(): Promise<void> {
		for (; this.steps > 0; this.steps -= 1) await this.move(-1);
	}

	async move(by: number): Promise<void> {
		this.at += by;
		await act(async () => void dispatchEvent(new PopStateEvent("popstate")));
	}
}

let history: FakeHistory;
let windows = signal<readonly Open[]>([]);
let personal = signal<object | null>(null);
let owner = signal<string | null>(null);
const bringToFront = vi.fn((id: string | null) => {
	windows.value = windows.value.filter((window) => window.id === id);
});
const part = () => ({ windows, bringToFront, putAwayBut: () => {} });

function Shell() {
	const front = personal.value ? (windows.value.at(-1)?.id ?? null) : null;
	useWindowHistory(true, front);
	return null;
}

async function show(): Promise<void> {
	await act(async () => {
		render(
			<LocationProvider>
				<Shell />
			</LocationProvider>,
		);
	});
}

const change = (ids: string[]) =>
	act(async () => {
		windows.value = ids.map((id) => ({ id }));
	});
const marks = () => history.entries.map((state) => state?.window ?? null);

beforeEach(() => {
	history = new FakeHistory();
	vi.stubGlobal("history", history);
	bringToFront.mockClear();
	windows = signal<readonly Open[]>([]);
	personal = signal<object | null>(part());
	owner = signal<string | null>("u-budi");
	Object.assign(fakes, { personal, owner });
});

afterEach(() => {
	cleanup();
	vi.unstubAllGlobals();
});

describe("a window's entry in the history, on a phone", () => {
	it("is made when it opens and left when it is closed", async () => {
		await show();
		await change(["form"]);
		expect(marks()).toEqual([null, "form"]);
		await change([]);
		await history.arrive();
		expect(history.at).toBe(0);
	});

	it("is made also for one that opens before it is known who is here", async () => {
		owner.value = null;
		await show();
		await change(["form"]);
		expect(marks()).toEqual([null, "form"]);
	});

	it.each(["the part with the windows", "whose they are"])(
		"is kept after a reload until %s is there, and the window with it",
		async (late) => {
			history.pushState({ window: "form" });
			if (late === "whose they are") owner.value = null;
			else personal.value = null;
			await show();
			expect(history.steps).toBe(0);
			await act(async () => {
				windows.value = [{ id: "form" }];
				personal.value = part();
				owner.value = "u-budi";
			});
			await history.arrive();
			expect(windows.value).toEqual([{ id: "form" }]);
			expect(bringToFront).not.toHaveBeenCalled();
			expect([marks(), history.at]).toEqual([[null, "form"], 1]);
		},
	);

	it("is left once it is known that there is no such window any more", async () => {
		history.pushState({ window: "form" });
		personal.value = null;
		await show();
		await act(async () => {
			personal.value = part();
		});
		await history.arrive();
		expect(history.at).toBe(0);
	});

	it("is left by one step, whatever happens to the windows before the browser takes it", async () => {
		history.entries = [{ page: "before" }, null];
		history.at = 1;
		await show();
		await change(["form"]);
		await change([]);
		await act(async () => {
			windows.value = [];
		});
		expect(history.steps).toBe(1);
		await history.arrive();
		expect(history.at).toBe(1);
	});

	it("is a new one for a window that opens before that, and the window stays", async () => {
		await show();
		await change(["form"]);
		await change([]);
		await change(["chat"]);
		expect(marks()).toEqual([null, "form"]);
		await history.arrive();
		expect(windows.value).toEqual([{ id: "chat" }]);
		expect([marks(), history.at]).toEqual([[null, "chat"], 1]);
		await history.move(-1);
		expect(bringToFront).toHaveBeenLastCalledWith(null);
		expect(windows.value).toEqual([]);
		expect(history.steps).toBe(0);
	});
});
