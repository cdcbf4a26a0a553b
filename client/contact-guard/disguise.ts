/** Numbers to call that are written as times, prices or counts, as app/contact_guard/disguise.py has them. */
import { type Finding, made } from "./findings";
import type { Item } from "./numbers";
import { chains } from "./pieces";
import { isMobile, mayBecomeMobile } from "./validators";

const BY_SHAPE: ReadonlySet<string> = new Set(["time", "date", "price", "size", "place", "count"]);
const MOST_ITEMS = 24;

export function disguised(items: readonly Item[]): Finding[] {
	if (items.every((item) => item.mask === "")) return [];
	const found = chains(items, true).flatMap((chain) => inDisguise(chain, () => true));
	if (found.length > 0) return found;
	return chains(items, true, 1).flatMap((chain) => inDisguise(chain, isNoList));
}

function inDisguise(
	chain: readonly Item[],
	isMeant: (window: readonly Item[]) => boolean,
): Finding[] {
	const found: Finding[] = [];
	for (const [i, first] of chain.entries()) {
		if (!"068".includes(first.digits[0] as string)) continue;
		let digits = "";
		for (let k = i; k < Math.min(chain.length, i + MOST_ITEMS); k++) {
			const item = chain[k] as Item;
			digits += item.digits;
			if (!isMobile(digits)) {
				if (mayBecomeMobile(digits)) continue;
				break;
			}
			const window = chain.slice(i, k + 1);
			if (isDisguise(window) && isMeant(window)) {
				found.push(made("PHONE", first, item, "unmasked"));
				break;
			}
		}
	}
	return found;
}

/** One is no time (`33:19`), or the first is no amount and each has one word after it (`08 ribu 77 ribu`). */
function isNoList(window: readonly Item[]): boolean {
	const [first, ...rest] = window;
	if (!first) return false;
	const noTime = rest.some((item, i) => {
		const before = window[i] as Item;
		const bare = before.mask === "" && item.mask === "";
		const pair = before.digits.length === 2 && item.digits.length === 2;
		return bare && pair && item.start - before.end === 1;
	});
	if (noTime) return true;
	const noAmount = first.mask === "" && first.label === "" && first.digits.length > 1;
	return noAmount && rest.every((item) => item.led === 1);
}

/** Whether what looks like times, prices or counts is one number: its beginning is bare, or its groups are alike. */
function isDisguise(window: readonly Item[]): boolean {
	const masked = window.filter((item) => item.mask !== "");
	const first = window[0];
	if (!first || masked.length === 0 || masked.length === window.length) return false;
	if (first.mask === "" && first.label === "" && first.digits.length >= 3) return true;
	const alike = new Set(window.slice(0, -1).map((item) => item.digits.length)).size === 1;
	return alike && masked.every((item) => item === window.at(-1) || BY_SHAPE.has(item.mask));
}
