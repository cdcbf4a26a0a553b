/** R20's settings. Times in milliseconds. */
export interface ConnectionSettings {
	/** After so many attempts in a row the socket is tried every `maxReconnectDelay`. */
	maxReconnectAttempts: number;
	baseReconnectDelay: number;
	maxReconnectDelay: number;
	heartbeatInterval: number;
	/** How long a new socket may take to be welcome. */
	connectionTimeout: number;
	/** How often the line is measured while somebody sees its latency. */
	qualityCheckInterval: number;
	/** Whether events come by long-poll while the socket is away. */
	enableFallbackPolling: boolean;
	/** Whether the browser's `online` and `offline` are acted on. */
	enableNetworkDetection: boolean;
}

export const defaultSettings: ConnectionSettings = {
	maxReconnectAttempts: 10,
	baseReconnectDelay: 1_000,
	maxReconnectDelay: 30_000,
	heartbeatInterval: 15_000,
	connectionTimeout: 10_000,
	qualityCheckInterval: 5_000,
	enableFallbackPolling: true,
	enableNetworkDetection: true,
};

/** The defaults with those of `wanted` that make sense: a page must not spin because of a slip in a setting. */
export function settingsFrom(wanted: unknown): ConnectionSettings {
	if (typeof wanted !== "object" || wanted === null) return defaultSettings;
	const sound = Object.entries(wanted).filter(([name, value]) => isSound(name, value));
	return { ...defaultSettings, ...Object.fromEntries(sound) };
}

/** Below this a time is a slip, such as seconds written for milliseconds. */
const LEAST_TIME = 100;

function isSound(name: string, value: unknown): boolean {
	const standard = (defaultSettings as unknown as Record<string, unknown>)[name];
	if (typeof value !== typeof standard) return false;
	if (typeof value !== "number") return true;
	return Number.isFinite(value) && value >= (name === "maxReconnectAttempts" ? 1 : LEAST_TIME);
}
