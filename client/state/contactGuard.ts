/** R17: the contact filter of this page, fetched when somebody begins to write what another person will read. */
import type { Verdict } from "../contact-guard";
import { timing } from "./engine";
import { whenIdle } from "./idle";
import { log } from "./log";

type Judge = (text: string, recent?: readonly string[]) => Verdict;

/** A part that could not be fetched is not asked for with every key, but after this pause (ms). */
const RETRY_AFTER = 10_000;
let judge: Judge | null = null;
let coming: Promise<Judge | null> | null = null;

/** The filter, if it is here; without it the server alone decides. */
export const guard = (): Judge | null => judge;

/** Fetches the filter, once. Null when it cannot be had now. */
export function fetchGuard(): Promise<Judge | null> {
	coming ??= import("../contact-guard").then(
		({ check, prepare, rehearsal }) => {
			judge = check;
			makeReady(prepare, () => warmUp(check, rehearsal));
			return check;
		},
		() => {
			log("contact", "the filter could not be fetched: the server alone checks what is sent");
			timing.after(RETRY_AFTER, () => {
				coming = null;
			});
			return null;
		},
	);
	return coming;
}

/** Part by part, each in a pause of its own. */
function makeReady(prepare: () => boolean, then: () => void): void {
	whenIdle(() => {
		if (prepare()) makeReady(prepare, then);
		else then();
	});
}

/** Each text in a pause of its own, so that no key has to wait for more than one. */
function warmUp(check: Judge, texts: readonly string[], at = 0): void {
	const text = texts[at];
	if (text === undefined) return;
	whenIdle(() => {
		check(text, texts.slice(0, at));
		warmUp(check, texts, at + 1);
	});
}
