/** Whether digits are a number somebody can call, or a card, as app/contact_guard/validators.py has it. */
import type { Rules } from "./rules";

const MOBILE = /^(?:0062|620?|0)8[1-9][0-9]{7,10}$/;
const MOBILE_BARE = /^8[1-9][0-9]{7,10}$/;
const BEGUN = /^(?:0062|620?|0)8[1-9]/;
const BEGINNINGS: ReadonlySet<string> = new Set(
	"0 08 6 62 620 628 6208 00 006 0062 00628".split(" "),
);
export const LONGEST_MOBILE = 16;

export function isMobile(digits: string): boolean {
	return MOBILE.test(digits);
}

export function mayBecomeMobile(digits: string): boolean {
	return BEGINNINGS.has(digits) || (digits.length < LONGEST_MOBILE && BEGUN.test(digits));
}

export function isMobileWithoutZero(digits: string): boolean {
	return MOBILE_BARE.test(digits);
}

/** 13 to 19 digits with Luhn's check digit (ISO/IEC 7812-1). */
export function isCard(digits: string): boolean {
	if (!/^[3-6][0-9]{12,18}$/.test(digits) || new Set(digits).size === 1) return false;
	let total = 0;
	for (let place = 0; place < digits.length; place++) {
		const value = Number(digits[digits.length - 1 - place]);
		total += place % 2 === 0 ? value : value * 2 - (value > 4 ? 9 : 0);
	}
	return total % 10 === 0;
}

export function reversed(digits: string): string {
	return [...digits].reverse().join("");
}

export class Dialling {
	private readonly lengths: Rules["dialling"]["lengths"];

	constructor(rules: Rules) {
		this.lengths = rules.dialling.lengths;
	}

	isInternational(digits: string): boolean {
		for (const length of [1, 2, 3]) {
			const possible = this.lengths[digits.slice(0, length)];
			if (!possible) continue;
			const national = digits.slice(length);
			return (
				possible.includes(national.length) ||
				(national.startsWith("0") && possible.includes(national.length - 1))
			);
		}
		return false;
	}
}
