import { afterEach, expect, it, vi } from "vitest";
import { backOnline, freshDevice, loadPage, pass } from "./testing/page";

const AYU = "t-ayu";
const isWithCode = vi.hoisted(() => ({ value: true }));

vi.mock("./draftSyncing", async (original) => {
	if (!isWithCode.value) throw new TypeError("failed to fetch dynamically imported module");
	return original();
});

afterEach(() => {
	isWithCode.value = true;
});

it("a draft of an earlier visit goes to the server although its code could not be fetched at first (R29)", async () => {
	const server = freshDevice();
	const page = await loadPage();
	await page.ensureGuest("Budi");
	page.chooseInForm(AYU, { serviceId: "s-60" });
	isWithCode.value = false;
	await loadPage();
	await pass(3_000);
	await vi.dynamicImportSettled();
	await backOnline();
	await vi.dynamicImportSettled();
	expect(server.to("GET", `/api/drafts/${AYU}`)).toEqual([]);
	isWithCode.value = true;
	await backOnline();
	await vi.waitFor(() => expect(server.to("GET", `/api/drafts/${AYU}`)).toHaveLength(1));
});
