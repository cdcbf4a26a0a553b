import { afterEach, expect, it, vi } from "vitest";
import { type Locale, loadAllWords, setLocale } from "../../i18n";
import { waitingTitle } from "./waitingTitle";

afterEach(() => vi.restoreAllMocks());

it.each<[Locale, boolean, string]>([
	["en", true, "Saved on this device, not sent yet"],
	["en", false, "Saved on this phone, not sent yet"],
	["id", true, "Tersimpan di perangkat ini, belum terkirim"],
	["id", false, "Tersimpan di ponsel ini, belum terkirim"],
])("says where a booking waits: %s, at a desk %s", async (language, isDesk, title) => {
	vi.spyOn(window, "matchMedia").mockReturnValue({ matches: isDesk } as MediaQueryList);
	await setLocale(language);
	await loadAllWords();
	expect(waitingTitle(true)).toBe(title);
});
