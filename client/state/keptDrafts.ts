/** Drafts of an earlier visit go to the server without their window being opened; their code is fetched only for them. */
import { NOBODY_YET, therapistsCleared, therapistsWithForm } from "../storage/keys";
import { timing } from "./engine";
import { whenReachable } from "./live";
import { owner } from "./session";

/** Milliseconds: after everything that is on the screen. */
const AFTER_START = 3_000;
let cancel = () => {};

owner.subscribe((whose) => {
	cancel();
	if (whose === null || whose === NOBODY_YET) return;
	if (therapistsWithForm(whose).length + therapistsCleared(whose).length === 0) return;
	cancel = timing.after(AFTER_START, () => void fetchCode());
});

let isMissing = false;

async function fetchCode(): Promise<void> {
	isMissing = false;
	try {
		await import("./draftSyncing");
	} catch {
		isMissing = true;
	}
}

whenReachable(() => {
	if (isMissing) void fetchCode();
});
