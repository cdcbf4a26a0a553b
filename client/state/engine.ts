/** The parts of the engine, put together once for this page. */
import { createApi } from "../net/api";
import { createHttp } from "../net/http";
import { createServerClock } from "../net/serverClock";
import type { RawSocket } from "../net/socket";
import { deviceTiming } from "../net/timing";
import { log } from "./log";

export const timing = deviceTiming;
export const serverClock = createServerClock(timing.now);
/** The person of this page, once it is known; null for nobody. */
let person: string | null = null;

export function speakFor(id: string | null): void {
	person = id;
}

export const http = createHttp({
	// A bare `fetch` handed over would lose its window.
	fetch: (input, init) => fetch(input, init),
	person: () => person,
	timing,
	serverClock,
	log,
});
export const api = createApi(http);

/** A new WebSocket to our own origin. */
export function openRawSocket(): RawSocket {
	const address = new URL("/ws", location.href);
	address.protocol = address.protocol.replace("http", "ws");
	return new WebSocket(address);
}
