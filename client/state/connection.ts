import type { ReadonlySignal } from "@preact/signals";
import type { ConnectionStatus } from "../sync/connectionStatus";
import { connectionStatus, wake } from "./live";

export type { ConnectionStatus, Quality } from "../sync/connectionStatus";

/** R23: how this page is connected; also on the console as `tenang.connection.getStatus()`. */
export const connection: ReadonlySignal<ConnectionStatus> = connectionStatus;

/** Tries to connect now, whatever the waiting time left; on an open socket it asks for a sign of life. */
export const reconnect = (): void => wake();

window.tenang = {
	...window.tenang,
	connection: { getStatus: () => connectionStatus.peek(), reconnect },
};
