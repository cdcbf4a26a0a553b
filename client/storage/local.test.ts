import { beforeEach, describe, expect, it, vi } from "vitest";
import { keysStarting, readJson, readText, removeKey, writeJson, writeText } from "./local";

const isNumber = (value: unknown): value is number => typeof value === "number";

function breakStorage(): void {
	const broken = () => {
		throw new DOMException("no", "SecurityError");
	};
	const storage = new Proxy({}, { get: () => broken, ownKeys: broken });
	vi.stubGlobal("localStorage", storage);
}

beforeEach(() => {
	vi.unstubAllGlobals();
	for (const key of keysStarting("")) removeKey(key);
});

describe("localStorage that cannot throw", () => {
	it("keeps what it can, and says so", () => {
		expect(writeJson("a", 1)).toBe(true);
		expect(readJson("a", isNumber)).toBe(1);
	});

	it("works in memory when every call throws, and says that it will not survive", () => {
		breakStorage();
		expect(writeText("a", "text")).toBe(false);
		expect(readText("a")).toBe("text");
		expect(keysStarting("a")).toEqual(["a"]);
		removeKey("a");
		expect(readText("a")).toBeNull();
	});

	it("works when the storage itself cannot even be named", () => {
		vi.stubGlobal("localStorage", undefined);
		expect(writeText("a", "text")).toBe(false);
		expect(readText("a")).toBe("text");
	});

	it("gives the newest value when the storage is full for the second write", () => {
		writeText("a", "old");
		const full = () => {
			throw new DOMException("full", "QuotaExceededError");
		};
		vi.stubGlobal("localStorage", { getItem: () => "old", setItem: full });
		expect(writeText("a", "new")).toBe(false);
		expect(readText("a")).toBe("new");
	});

	it.each(["{", "", "null", '"1"', "[]"])("reads a damaged value (%s) as nothing", (text) => {
		writeText("a", text);
		expect(readJson("a", isNumber)).toBeNull();
	});
});
