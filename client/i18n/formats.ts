import { type Locale, locale } from "./locale";

type Instant = string | number | Date;

/** Day-month order and a 24-hour clock in both languages. */
const TAGS: Record<Locale, string> = { en: "en-GB", id: "id-ID" };
/** Zones that people call by a name which `Intl` knows only in some languages. */
const ZONE_NAMES: Record<string, string> = {
	"Asia/Jakarta": "WIB",
	"Asia/Pontianak": "WIB",
	"Asia/Makassar": "WITA",
	"Asia/Jayapura": "WIT",
};
/** Rupiah has sen by the standard, but nobody counts in them: an amount is whole rupiah. */
const WHOLE_CURRENCIES = new Set(["IDR"]);

const formatters = new Map<string, Intl.DateTimeFormat>();

// Making a formatter is a hundred times slower than using one, and lists of times need many.
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${locale.value} ${zone} ${JSON.stringify(options)}`;
	const known = formatters.get(key);
	if (known) return known;
	const made = new Intl.DateTimeFormat(TAGS[locale.value], { timeZone: zone, ...options });
	formatters.set(key, made);
	return made;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(tag: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = `${tag} ${JSON.stringify(options)}`;
	const known = numberFormats.get(key) ?? new Intl.NumberFormat(tag, options);
	numberFormats.set(key, known);
	return known;
}

/**
 * An amount of minor units, e.g. `Rp150.000`. Rupiah is written as Indonesia writes it in every language;
 * other currencies as the language on the screen does.
 */
export function money(amount: number, currency: string): string {
	if (WHOLE_CURRENCIES.has(currency)) {
		const whole = { style: "currency", currency, maximumFractionDigits: 0 } as const;
		const rupiah = numberFormat("id-ID", whole);
		return rupiah.format(amount).replace(/\s/g, "");
	}
	const format = numberFormat(TAGS[locale.value], { style: "currency", currency });
	const { maximumFractionDigits = 2 } = format.resolvedOptions();
	return format.format(amount / 10 ** maximumFractionDigits);
}

/** A number with one digit behind the point, or the comma. */
export function decimal(value: number): string {
	const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
	return numberFormat(TAGS[locale.value], digits).format(value);
}

/** Minutes as `90 min`, in the language on the screen. */
export function duration(minutes: number): string {
	const unit = { style: "unit", unit: "minute", unitDisplay: "short" } as const;
	return numberFormat(locale.value, unit).format(minutes);
}

/** Milliseconds left as `9:05` or `1:02:03`; never below `0:00`. */
export function countdown(left: number): string {
	const seconds = Math.max(0, Math.ceil(left / 1000));
	const two = (part: number) => String(part).padStart(2, "0");
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	const tail = `${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
	return hours ? `${hours}:${tail}` : tail;
}

/** The name people give a zone at that time: `WITA`, or what the language calls it. */
export function zoneName(zone: string, at: Instant = Date.now()): string {
	const known = ZONE_NAMES[zone];
	if (known) return known;
	const parts = formatter(zone, { timeZoneName: "short" }).formatToParts(new Date(at));
	return parts.find(({ type }) => type === "timeZoneName")?.value ?? zone;
}

/** An instant in a zone, without the zone's name, in the parts that `options` asks for. */
export function time(at: Instant, zone: string, options: Intl.DateTimeFormatOptions): string {
	return formatter(zone, options).format(new Date(at));
}

/** `Tue 14 Jan, 14:00–15:30 WITA`; the same words in Indonesian are `Sel, 14 Jan, 14.00–15.30 WITA`. */
export function timeRange(from: Instant, to: Instant, zone: string): string {
	const day = time(from, zone, { weekday: "short", day: "numeric", month: "short" });
	const clock = { hour: "2-digit", minute: "2-digit" } as const;
	const dayWords = locale.value === "en" ? day.replace(",", "") : day;
	return `${dayWords}, ${time(from, zone, clock)}–${time(to, zone, clock)} ${zoneName(zone, from)}`;
}
