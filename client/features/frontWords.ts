/** Facts as people read them, as far as the first screen shows any; all others are in ./words.ts. */
import { type FrontKey, locale, t, time } from "../i18n/front";

export { money } from "../i18n/front";

let zoneHere: string | undefined;

/** The zone this device is in; asked for late, because the first answer takes a phone as long as all of a first paint. */
export function deviceZone(): string {
	zoneHere ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
	return zoneHere;
}

const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;

/** `14:05`, or `14.05` in Indonesian; in the device's zone unless told. */
export function clockTime(at: string | number, zone = deviceZone()): string {
	return time(at, zone, CLOCK);
}

/** Languages of the islands, which browsers built for small phones leave out. */
const LOCAL_LANGUAGES: Record<string, FrontKey> = {
	ban: "language.ban",
	jv: "language.jv",
	sas: "language.sas",
	su: "language.su",
};

const displayNames = new Map<string, Intl.DisplayNames>();

function namesIn(language: string): Intl.DisplayNames {
	const known =
		displayNames.get(language) ?? new Intl.DisplayNames([language], { type: "language" });
	displayNames.set(language, known);
	return known;
}

/** `Indonesian, English`, from ISO 639 codes. */
export function languageNames(codes: readonly string[]): string {
	const names = namesIn(locale.value);
	return codes
		.map((code) => {
			const key = LOCAL_LANGUAGES[code];
			return key ? t(key) : (names.of(code) ?? code);
		})
		.join(", ");
}
