import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";

/** What loading the part meets, one after the other; then it comes. */
let meets: Error[] = [];

/** A part that needs words which the first screen does without, on a page that has only the first ones. */
async function open(isQuiet?: "quiet") {
	vi.resetModules();
	const { setLocale } = await import("../../i18n/front");
	const { t } = await import("../../i18n");
	const { later } = await import("./later");
	await setLocale("en");
	const Part = later<object>(async () => {
		const failure = meets.shift();
		if (failure) throw failure;
		return () => <h1>{t("form.today")}</h1>;
	}, isQuiet);
	render(<Part />);
	return { Part, setLocale };
}

async function arrive(ms = 0): Promise<void> {
	await act(async () => {
		await vi.advanceTimersByTimeAsync(ms);
		await vi.dynamicImportSettled();
	});
}

const shown = () => document.body.textContent ?? "";

beforeEach(() => {
	cleanup();
	vi.doUnmock("../../i18n/en");
	vi.useFakeTimers();
	meets = [];
});

describe("a part that is fetched when it is needed", () => {
	it("is shown with its words, and never without them", async () => {
		await open();
		expect(shown()).not.toContain("form.today");
		await arrive();
		expect(screen.getByRole("heading").textContent).toBe("Today");
	});

	it("has its words in a language that is chosen later, too", async () => {
		const { setLocale } = await open();
		await arrive();
		await act(async () => void (await setLocale("id")));
		expect(screen.getByRole("heading").textContent).toBe("Hari ini");
	});

	it("has them in a language that is chosen while they are coming", async () => {
		const { setLocale } = await open();
		await act(async () => void (await setLocale("id")));
		await arrive();
		expect(screen.getByRole("heading").textContent).toBe("Hari ini");
	});

	it("says so when its words cannot be fetched, and comes when they can", async () => {
		vi.doMock("../../i18n/en", () => {
			throw new TypeError("failed to fetch");
		});
		await open();
		await arrive();
		expect(shown()).toContain("This page could not be opened");
		expect(shown()).not.toContain("form.today");
		vi.doUnmock("../../i18n/en");
		fireEvent.click(screen.getByRole("button", { name: "Try again" }));
		await arrive();
		expect(screen.getByRole("heading").textContent).toBe("Today");
	});

	it("says nothing when it is quiet, and comes by itself", async () => {
		meets = [new TypeError("failed to fetch"), new TypeError("failed to fetch")];
		await open("quiet");
		await arrive();
		expect(shown()).toBe("");
		await arrive(10_000);
		await arrive();
		expect(shown()).toBe("");
		await arrive(10_000);
		await arrive();
		expect(shown()).toBe("Today");
	});
});
