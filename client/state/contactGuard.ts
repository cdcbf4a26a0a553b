/** R17: the contact filter of this page, fetched when somebody begins to write what another person will read. */
import type { Verdict } from "../contact-guard";
import { timing } from "./engine";
import { whenIdle } from "./idle";
import { log } from "./log";

type Judge = (text: string, recent?: readonly string[]) => Verdict;

/** A part that could not be fetched is not asked for with every key, but after this pause (ms). */
const RETRY_AFTER = 10_000;
let judge: Judge | null = null;
let isReady = false;
let coming: Promise<void> | null = null;

/** The filter, if it is here; without it the server alone decides. */
export const guard = (): Judge | null => judge;

/** Whether the filter is here and a look takes less than a key may wait: the first ones take several times as long. */
export const isQuick = (): boolean => isReady;

/** Fetches the filter, once, and makes it ready; ends when it `isQuick`, or when it cannot be had now. */
export function fetchGuard(): Promise<void> {
	coming ??= import("../contact-guard").then(
		async ({ check, prepare, rehearsal }) => {
			judge = check;
			try {
				await makeReady(prepare);
				await warmUp(check, rehearsal);
			} catch {
				log("contact", "the filter could not rehearse: its first looks take longer");
			}
			isReady = true;
		},
		() => {
			log("contact", "the filter could not be fetched: the server alone checks what is sent");
			timing.after(RETRY_AFTER, () => {
				coming = null;
			});
		},
	);
	return coming;
}

const idle = () => new Promise<void>((resolve) => void whenIdle(resolve));

/** Part by part, each in a pause of its own. */
async function makeReady(prepare: () => boolean): Promise<void> {
	do await idle();
	while (prepare());
}

/** Each text in a pause of its own, so that no key has to wait for more than one. */
async function warmUp(check: Judge, texts: readonly string[]): Promise<void> {
	for (const [at, text] of texts.entries()) {
		await idle();
		check(text, texts.slice(0, at));
	}
}
