/** What the service worker does when the browser says that there is a network again. */
import { createApi } from "../net/api";
import { createHttp } from "../net/http";
import { createServerClock } from "../net/serverClock";
import { deviceTiming } from "../net/timing";
import { openNews } from "../storage/news";
import { flushOutbox } from "./flush";

const { now } = deviceTiming;
/** Whose things are being sent. */
let person: string | null = null;
const api = createApi(
	createHttp({
		fetch: (input, init) => fetch(input, init),
		person: () => person,
		timing: deviceTiming,
		serverClock: createServerClock(now),
		log() {},
	}),
);
const { tell } = openNews(() => {});

/** Where the browser has no locks the keys alone keep things from being doubled. */
async function withLock<Value>(name: string, act: () => Promise<Value>): Promise<Value> {
	const locks = navigator.locks as LockManager | undefined;
	return locks ? locks.request(name, act) : act();
}

function speakFor(id: string | null): void {
	person = id;
}

/** Sends what waits. Rejects when something is left, so that the browser wakes the worker again. */
export async function sendWhatWaits(): Promise<void> {
	if (!(await flushOutbox({ api, speakFor, tell, withLock, now })))
		throw new Error("not all was sent");
}
