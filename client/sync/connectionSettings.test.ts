import { describe, expect, it } from "vitest";
import { defaultSettings, settingsFrom } from "./connectionSettings";

describe("the settings of the connection (R20)", () => {
	it("are these unless told otherwise", () => {
		expect(settingsFrom(undefined)).toEqual({
			maxReconnectAttempts: 10,
			baseReconnectDelay: 1_000,
			maxReconnectDelay: 30_000,
			heartbeatInterval: 15_000,
			connectionTimeout: 10_000,
			qualityCheckInterval: 5_000,
			enableFallbackPolling: true,
			enableNetworkDetection: true,
		});
	});

	it("take over what makes sense", () => {
		const wanted = { heartbeatInterval: 8_000, enableFallbackPolling: false };
		expect(settingsFrom(wanted)).toEqual({ ...defaultSettings, ...wanted });
	});

	it.each([
		["a string", { heartbeatInterval: "8000" }],
		["not a number", { baseReconnectDelay: Number.NaN }],
		["seconds for milliseconds", { connectionTimeout: 10 }],
		["no attempt at all", { maxReconnectAttempts: 0 }],
		["an unknown name", { retries: 3 }],
		["no object", 7],
		["null", null],
	])("ignore %s", (_name, wanted) => {
		expect(settingsFrom(wanted)).toEqual(defaultSettings);
	});
});
