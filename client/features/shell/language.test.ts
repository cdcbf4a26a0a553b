import { beforeEach, describe, expect, it, vi } from "vitest";
import type { User } from "../../state/types";
import { freshScreen, settle } from "../testing/screen";

const ayu: User = {
	id: "u-ayu",
	role: "therapist",
	displayName: "Ayu",
	isGuest: false,
	locale: "id",
	timezone: "Asia/Makassar",
	therapistId: "t-ayu",
	shareTyping: true,
	sharePresence: true,
};

/** A page in `languages` at which `user` is or is not signed in; its language once it stands still. */
async function open(languages: string[], user: User | null = null) {
	vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
	const { server, page } = await freshScreen((server) => {
		server.user = user;
	});
	await Promise.all([import("../../i18n/id"), import("../../i18n/front/id")]); // Read from the disk, which no test clock waits for.
	const { showFirstLanguage, followLanguage, chooseLanguage } = await import("./language");
	await showFirstLanguage();
	followLanguage();
	await settle();
	return { server, page, chooseLanguage };
}

const shown = () => document.documentElement.lang;

beforeEach(() => {
	// biome-ignore lint/suspicious/noDocumentCookie: each device begins without one.
	document.cookie = "tenang_locale=; Max-Age=0; Path=/";
});

describe("the language on the screen: chosen here, else the person's, else the browser's", () => {
	it.each([
		[["fr", "id-ID", "en"], "id"],
		[["en-GB", "id"], "en"],
		[["fr", "de"], "en"],
	])("a stranger whose browser speaks %j reads %s", async (languages, expected) => {
		await open(languages);
		expect(shown()).toBe(expected);
	});

	it("is the person's own at once, and the browser's again after signing out", async () => {
		const { server, page } = await open(["en"]);
		server.user = ayu;
		await page.loadSession();
		await settle();
		expect(shown()).toBe("id");
		await page.signOut();
		await settle();
		expect(shown()).toBe("en");
	});

	it("stays as it was chosen on this device, and the server is told by a cookie", async () => {
		const { server, page, chooseLanguage } = await open(["id"]);
		await chooseLanguage("en");
		server.user = ayu;
		await page.loadSession();
		await settle();
		expect(shown()).toBe("en");
		expect(document.cookie).toContain("tenang_locale=en");
		await open(["id"], ayu);
		expect(shown()).toBe("en");
	});
});
