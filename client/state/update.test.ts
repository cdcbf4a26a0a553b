import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSocket } from "../net/testing/fakeSocket";
import { freshDevice, loadPage, pass, type Seam, sleep } from "./testing/page";

const AYU = "t-ayu";
let page: Seam;
const reload = vi.fn();

beforeEach(async () => {
	freshDevice();
	reload.mockClear();
	vi.spyOn(location, "reload").mockImplementation(reload);
	page = await loadPage();
});

describe("a server that speaks a newer protocol (1008)", () => {
	it("loads the page anew, with what is being typed on the device", () => {
		page.typeInForm(AYU, { customerName: "Budi" });
		FakeSocket.last.cut(1008);
		expect(reload).toHaveBeenCalledOnce();
		expect(localStorage.getItem(`session_${AYU}_guest`)).toContain("Budi");
	});

	it("does not load it over and over, and goes on trying", async () => {
		FakeSocket.last.cut(1008);
		page = await loadPage();
		FakeSocket.last.cut(1008);
		await pass(2_000);
		FakeSocket.last.cut(1008);
		expect(reload).toHaveBeenCalledOnce();
		sleep(11 * 60_000);
		await pass(5_000);
		FakeSocket.last.cut(1008);
		expect(reload).toHaveBeenCalledTimes(2);
	});

	it("is not put off for hours by a clock that was set back", async () => {
		FakeSocket.last.cut(1008);
		sleep(-3_600_000);
		page = await loadPage();
		FakeSocket.last.cut(1008);
		expect(reload).toHaveBeenCalledTimes(2);
	});
});

describe("looking for a newer version (R34)", () => {
	const update = vi.fn(async () => {});
	const hour = 3_600_000;
	let isHidden = false;

	beforeEach(async () => {
		update.mockClear();
		isHidden = false;
		vi.stubEnv("PROD", true);
		const registration = Object.assign(new EventTarget(), { waiting: null, update });
		const value = Object.assign(new EventTarget(), {
			controller: {},
			register: async () => registration,
		});
		Object.defineProperty(navigator, "serviceWorker", { configurable: true, value });
		vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
		const { startWorker } = await import("./update");
		await startWorker();
	});

	afterEach(() => {
		vi.unstubAllEnvs();
		vi.restoreAllMocks();
		Reflect.deleteProperty(navigator, "serviceWorker");
	});

	const comeBack = (how: "focus" | "visibilitychange") =>
		(how === "focus" ? window : document).dispatchEvent(new Event(how));

	it("happens every hour, also when there was no answer", async () => {
		update.mockRejectedValueOnce(new TypeError("failed to fetch"));
		await pass(hour - 1);
		expect(update).not.toHaveBeenCalled();
		await pass(1);
		expect(update).toHaveBeenCalledTimes(1);
		await pass(2 * hour);
		expect(update).toHaveBeenCalledTimes(3);
	});

	it.each(["focus", "visibilitychange"] as const)(
		"happens at %s, after some minutes",
		async (how) => {
			comeBack(how);
			expect(update).not.toHaveBeenCalled();
			await pass(5 * 60_000);
			isHidden = true;
			comeBack(how);
			expect(update).not.toHaveBeenCalled();
			isHidden = false;
			comeBack(how);
			comeBack(how);
			expect(update).toHaveBeenCalledTimes(1);
		},
	);
});
