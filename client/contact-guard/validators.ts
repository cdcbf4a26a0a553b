/** Whether digits are a number somebody can call, or a card, as app/contact_guard/validators.py has it. */
import type { Rules } from "./rules";

const MOBILE = /^(?:0062|620?|0)8[1-9][0-9]{7,10}$/;
const MOBILE_BARE = /^8[1-9][0-9]{7,10}$/;
const CARD = /^[3-6][0-9]{12,18}$/;
const ZERO = 48;
const BEGUN = /^(?:0062|620?|0)8[1-9]/;
const BEGINNINGS: ReadonlySet<string> = new Set(
	"0 08 6 62 620 628 6208 00 006 0062 00628".split(" "),
);
const SHORTEST_MOBILE = 10;
export const LONGEST_MOBILE = 16;

export function isMobile(digits: string): boolean {
	return digits.length >= SHORTEST_MOBILE && MOBILE.test(digits);
}

export function mayBecomeMobile(digits: string): boolean {
	return BEGINNINGS.has(digits) || (digits.length < LONGEST_MOBILE && BEGUN.test(digits));
}

/** Whether more digits could make an Indonesian mobile number or a card of these. */
export function mayBecomeNumber(digits: string): boolean {
	const first = digits.charCodeAt(0) - ZERO;
	return (first >= 3 && first <= 6) || mayBecomeMobile(digits);
}

export function isMobileWithoutZero(digits: string): boolean {
	return MOBILE_BARE.test(digits);
}

/** 13 to 19 digits with Luhn's check digit (ISO/IEC 7812-1). */
export function isCard(digits: string): boolean {
	const { length } = digits;
	if (length < 13 || !CARD.test(digits)) return false;
	let total = 0;
	let alike = true;
	for (let place = 0; place < length; place++) {
		const value = digits.charCodeAt(length - 1 - place) - ZERO;
		total += place % 2 === 0 ? value : value * 2 - (value > 4 ? 9 : 0);
		alike &&= digits.charCodeAt(place) === digits.charCodeAt(0);
	}
	return !alike && total % 10 === 0;
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
