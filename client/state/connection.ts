import type { ReadonlySignal } from "@preact/signals";
import { type ConnectionSettings, settingsFrom } from "../sync/connectionSettings";
import type { ConnectionStatus } from "../sync/connectionStatus";
import { timing } from "./engine";
import { connectionStatus, sense } from "./live";

export type { ConnectionStatus, Quality, Reason } from "../sync/connectionStatus";

/** R23: how this page is connected; also on the console as `tenang.connection.getStatus()`. */
export const connection: ReadonlySignal<ConnectionStatus> = connectionStatus;

/** Connects anew, now, whatever the waiting time left and however well the connection seems to work. */
export const reconnect = (): void => sense("reconnect");

/** Milliseconds on the clock of `nextAttemptAt`: no set clock makes anybody wait or hurry. */
export const monotonicNow = (): number => timing.elapsed();

/** R20's settings as this page has them. */
export const connectionSettings = (): ConnectionSettings => settingsFrom(window.tenang?.settings);

let watchers = 0;

/** Has the latency measured more often, for as long as somebody sees it: until what is returned is called. */
export function watchLatency(): () => void {
	watchers += 1;
	if (watchers === 1) sense("watched");
	return () => {
		watchers -= 1;
		if (watchers === 0) sense("unwatched");
	};
}

window.tenang = {
	...window.tenang,
	connection: { getStatus: () => connectionStatus.peek(), reconnect },
};
