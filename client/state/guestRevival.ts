/** A guest whose cookie was lost with a browser that died is the same guest again, by the key kept on the disk. */
import { done, isFinal } from "../net/problem";
import { withOutbox } from "./device";
import { timing } from "./engine";
import { askForGuest } from "./guest";
import { whenReachable } from "./live";
import { GUEST_LOCK, withLock } from "./locks";
import { hasNamedAnybody, loadSession, session } from "./session";

/** After so many milliseconds a browser has written its cookies down: Chromium does so every 30 s. */
const COOKIE_IS_KEPT = 60_000;

let cancelForgetting = () => {};

/** Looks after the guest of this device from now on. Call it once. */
export function startReviving(): void {
	session.subscribe(({ status }) => {
		cancelForgetting();
		if (status === "signed-in") cancelForgetting = timing.after(COOKIE_IS_KEPT, forgetGuestKey);
		// Who was signed out before this page's eyes did so themselves, or by the server's word.
		if (status === "signed-out" && !hasNamedAnybody()) void revive();
	});
	whenReachable(() => void revive());
}

/** The key is good for nobody any more: its guest became an account, or the cookie is kept. */
export const forgetGuestKey = (): void => void withOutbox(({ deleteGuest }) => deleteGuest());

const isToRevive = () => session.peek().status === "signed-out" && !hasNamedAnybody();

async function revive(): Promise<void> {
	if (!isToRevive()) return;
	await withLock(GUEST_LOCK, new AbortController().signal, async () => {
		const kept = await withOutbox(({ readGuest }) => readGuest());
		if (!kept || !isToRevive()) return done(null);
		const made = await askForGuest(kept, new AbortController().signal);
		if (made.ok) await loadSession();
		else if (isFinal(made.error)) forgetGuestKey();
		return done(null);
	});
}
