/** Digits that stand near each other, as app/contact_guard/pieces.py has them. */
import type { Atom } from "./atoms";
import type { Item } from "./numbers";
import { isMobile, isMobileWithoutZero, mayBecomeMobile } from "./validators";

const ACCOUNT_NEAR = 8;
const ACCOUNT_NEAR_CODE = 3;

export function joined(items: readonly Item[]): string {
	return items.map((item) => item.digits).join("");
}

export function chains(items: readonly Item[], masked = false, words = 0): Item[][] {
	const found: Item[][] = [];
	let chain: Item[] = [];
	for (const item of items) {
		const previous = chain.at(-1);
		if (previous && (item.first > previous.last + 1 + words || (item.mask !== "" && !masked))) {
			found.push(chain);
			chain = [];
		}
		if (item.mask === "" || masked) chain.push(item);
	}
	if (chain.length > 0) found.push(chain);
	return found;
}

export function isDressed(pieces: readonly Item[]): boolean {
	const [first, ...rest] = pieces;
	if (!first || !beginsNoRoom(first) || pieces.some((piece) => piece.digits.length < 3))
		return false;
	const bare = rest.some(
		({ label, digits }) => label === "" && digits.length >= 4 && !isClock(digits),
	);
	return bare || isLabelled(pieces);
}

/** Three or more pieces as `gate 0857, code 1122, pin 3344`; who tells codes says whose they are. */
function isLabelled(pieces: readonly Item[]): boolean {
	return (
		pieces.length >= 3 &&
		pieces.every(({ label, glued, led }, i) => label !== "" && !glued && (led === 1 || i === 0))
	);
}

/** Whether pieces that make a mobile number are one, and no list of rooms and codes. */
export function isOne(pieces: readonly Item[]): boolean {
	return !isTold(pieces) && (pieces[0]?.label !== "room" || isDressed(pieces));
}

/** Whether each is said to be a room, a place or a code in words that say whose: `the door code is 1122`. */
function isTold(pieces: readonly Item[]): boolean {
	return pieces.every(
		({ label, digits, led, glued }, i) =>
			label !== "" && digits.length >= 3 && (led >= 2 || glued || i === 0),
	);
}

export function beginsNoRoom({ digits }: Item): boolean {
	return digits.length >= 4 && digits.startsWith("08");
}

function isClock(digits: string): boolean {
	return digits.length === 4 && digits.slice(0, 2) < "25" && digits.charAt(2) < "6";
}

export function isSpoken(chain: readonly Item[], digits: string, atoms: readonly Atom[]): boolean {
	if (digits.length < 9 || !isMobileWithoutZero(digits)) return false;
	if (chain.some(({ label, first }) => label !== "" || atoms[first]?.kind === "d")) return false;
	const values = chain.map((item) => Number(item.digits));
	const rises = values.every((value, i) => i === 0 || value > (values[i - 1] as number));
	const falls = values.every((value, i) => i === 0 || value < (values[i - 1] as number));
	return !(rises || falls);
}

/** Whether digits stand as cards are written: in groups, or one by one. One list in ten has a card's check digit. */
export function isGrouped(items: readonly Item[]): boolean {
	const digits = items.reduce((sum, item) => sum + item.digits.length, 0);
	return digits >= 3 * items.length || digits === items.length;
}

export function isReordered(pieces: readonly string[]): boolean {
	if (pieces.length < 2) return false;
	const whole = pieces.every((piece) => piece.length > 1);
	return pieces.some(
		(piece, i) =>
			i > 0 &&
			mayBecomeMobile(piece) &&
			(piece === "0" || (piece.length >= 3 && whole)) &&
			isMobile(piece + pieces.filter((_, k) => k !== i).join("")),
	);
}

export function isNear(
	places: readonly number[],
	chain: readonly Item[],
	atoms: readonly Atom[],
): boolean {
	const far = chain.every(({ label }) => label === "code") ? ACCOUNT_NEAR_CODE : ACCOUNT_NEAR;
	const first = placeOf(atoms, chain[0]?.start ?? 0);
	const last = placeOf(atoms, chain.at(-1)?.end ?? 0);
	const low = (atoms[Math.max(0, first - far)] as Atom).start;
	const high = (atoms[Math.min(atoms.length, last + far) - 1] as Atom).start;
	return places.some((place) => place >= low && place <= high);
}

/** The first of these that begins there or later. */
export function placeOf(parts: readonly { readonly start: number }[], start: number): number {
	let low = 0;
	let high = parts.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((parts[middle] as { start: number }).start < start) low = middle + 1;
		else high = middle;
	}
	return low;
}

export function counts(chain: readonly Item[]): boolean {
	const values = chain.map((item) => Number(item.digits.slice(0, 6)));
	if (values.length > 4 && values.at(-1) === 0) values.pop();
	return (
		values.length >= 4 &&
		(values.at(-1) as number) <= 31 &&
		values.every((value, i) => i === 0 || (values[i - 1] as number) < value)
	);
}
