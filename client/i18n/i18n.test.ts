import { beforeEach, describe, expect, it, vi } from "vitest";
import {
	countdown,
	duration,
	loadAllWords,
	localeFrom,
	money,
	setLocale,
	t,
	timeRange,
	zoneName,
} from "./index";

const FROM = "2025-01-14T06:00:00Z";
const TO = "2025-01-14T07:30:00Z";
const BALI = "Asia/Makassar";

beforeEach(async () => {
	await setLocale("en");
	await loadAllWords();
});

describe("words", () => {
	it("fills in what it is given and leaves alone what it is not", () => {
		expect(t("directory.count", { count: 3 })).toBe("3 to choose from");
		expect(t("directory.count")).toBe("{count} to choose from");
	});

	it("keeps a name that runs the other way from mixing with the sentence", () => {
		const time = "14:00";
		expect(t("booking.accepted", { name: "سارة", time })).toBe(
			"\u2068سارة\u2069 accepted. Confirm by 14:00",
		);
		expect(t("booking.accepted", { name: "Ayu", time })).toBe("Ayu accepted. Confirm by 14:00");
	});

	it("changes language, and the page says which", async () => {
		await setLocale("id");
		expect(t("app.retry")).toBe("Coba lagi");
		expect(document.documentElement.lang).toBe("id");
	});

	it("are whole in a language that was on its way when a screen came to need them all", async () => {
		vi.resetModules();
		const page = await import("./index");
		await page.setLocale("en");
		await Promise.all([page.setLocale("id"), page.loadAllWords()]);
		expect(page.t("form.today")).toBe("Hari ini");
	});

	it.each([
		["id", "id"],
		["id-ID", "id"],
		["in", "id"],
		["en-US", "en"],
		["ide", "en"],
		["", "en"],
		[null, "en"],
	])("reads the language tag %s as %s", (tag, expected) => {
		expect(localeFrom(tag)).toBe(expected);
	});
});

describe("money, time and duration (ux: Time and money)", () => {
	it("rupiah is written the same in both languages, without a decimal part", async () => {
		expect(money(150_000, "IDR")).toBe("Rp150.000");
		await setLocale("id");
		expect(money(150_000, "IDR")).toBe("Rp150.000");
	});

	it("other currencies have their minor unit", () => {
		expect(money(1_250, "USD")).toBe("US$12.50");
		expect(money(1_250, "JPY")).toContain("1,250");
	});

	it("a time stands in the provider's zone, with its name", async () => {
		expect(timeRange(FROM, TO, BALI)).toBe("Tue 14 Jan, 14:00–15:30 WITA");
		await setLocale("id");
		expect(timeRange(FROM, TO, BALI)).toBe("Sel, 14 Jan, 14.00–15.30 WITA");
	});

	it("a zone without a name of its own is called as the language does", () => {
		expect(zoneName("Asia/Jakarta")).toBe("WIB");
		expect(zoneName("Asia/Tokyo", FROM)).toMatch(/GMT\+9|JST/);
	});

	it("durations are minutes", async () => {
		expect(duration(90)).toBe("90 min");
		await setLocale("id");
		expect(duration(90)).toMatch(/90 (mnt|menit)/);
	});

	it.each([
		[545_000, "9:05"],
		[544_001, "9:05"],
		[3_723_000, "1:02:03"],
		[999, "0:01"],
		[0, "0:00"],
		[-5_000, "0:00"],
	])("%i ms left is %s", (left, expected) => {
		expect(countdown(left)).toBe(expected);
	});
});
