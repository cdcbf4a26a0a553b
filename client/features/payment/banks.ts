/** The names that the server knows (app/domain/banks.py), in the order in which they are offered. */
export const BANKS = [
	"BCA",
	"Mandiri",
	"BRI",
	"BNI",
	"BSI",
	"CIMB Niaga",
	"Permata",
	"Danamon",
	"BTN",
	"OCBC",
	"Panin",
	"Maybank",
	"BPD Bali",
	"Bank Jago",
	"SeaBank",
	"Jenius",
	"Allo Bank",
	"blu",
	"GoPay",
	"OVO",
	"DANA",
	"ShopeePay",
	"LinkAja",
] as const;

const BETWEEN = /[\s\-.\u2010\u2011\u2013]/gu;

/** What is wrong with an account's number as it is typed; null where the server will take it. */
export function numberFault(written: string): "required" | "invalid_account" | null {
	const compact = written.replace(BETWEEN, "");
	if (compact === "") return "required";
	return /^\p{Nd}{6,20}$/u.test(compact) ? null : "invalid_account";
}

/** In groups of four, as it stands on a bank card. */
export const grouped = (number: string) => number.replace(/(.{4})(?=.)/g, "$1 ");
