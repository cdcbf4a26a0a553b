import { beforeEach, describe, expect, it, vi } from "vitest";
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
