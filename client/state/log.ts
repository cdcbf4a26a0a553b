import type { Log } from "../net/timing";
import { readText } from "../storage/local";

declare global {
	interface Window {
		tenang?: {
			log?: boolean;
			/** R20's settings that are to differ; read at every sign-in and every start. */
			settings?: unknown;
			connection?: { getStatus(): unknown; reconnect(): void };
		};
	}
}

const KEY = "tenang.log";

/**
 * A line on the console for a person who follows what happens. Silent unless `localStorage["tenang.log"]` is `1`
 * or `window.tenang.log` is true. Never carries what people write, names, numbers or addresses.
 */
export const log: Log = (topic, line) => {
	if (!window.tenang?.log && readText(KEY) !== "1") return;
	const time = new Date().toISOString().slice(11, 23);
	// biome-ignore lint/suspicious/noConsole: the console is where this log is asked for.
	console.info(`${time} [${topic}] ${line}`);
};
