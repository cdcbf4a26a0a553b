import { describe, expect, it } from "vitest";

const SOURCES = import.meta.glob<string>("./**/*.{ts,tsx}", {
	query: "?raw",
	import: "default",
	eager: true,
});
/** A static import or re-export of one of our own modules, but not of a type alone. */
const IMPORT = /^(?:import|export)(?! type)\s[^;]*?from "(\.[^"]+)"|^import "(\.[^"]+)"/gm;
const HERE = "http://client/";

/** The module that `from` means by `name`; null for a style. */
function moduleOf(from: string, name: string): string | null {
	if (name.endsWith(".css")) return null;
	const path = `./${new URL(name, HERE + from.slice(2)).href.slice(HERE.length)}`;
	const found = [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((file) => file in SOURCES);
	if (!found) throw new Error(`${from} imports ${name}, which is nowhere`);
	return found;
}

/** What the entry imports statically, each with the module that brings it. */
function firstLoad(): Map<string, string> {
	const found = new Map<string, string>();
	const waiting = ["./main.tsx"];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		for (const [, one, other] of (SOURCES[file] ?? "").matchAll(IMPORT)) {
			const next = moduleOf(file, one ?? other ?? "");
			if (!next || found.has(next)) continue;
			found.set(next, file);
			waiting.push(next);
		}
	}
	return found;
}

describe("what is fetched before anything is shown (R35)", () => {
	const modules = firstLoad();

	it("is the shell with the directory", () => {
		expect(modules.has("./features/directory/DirectoryPage.tsx")).toBe(true);
		expect(modules.has("./state/live.ts")).toBe(true);
	});

	it.each([
		[
			"./i18n/index.ts",
			"the first screen has the words of i18n/front only: another one would show its key",
		],
		["./state/personal.ts", "see state/whenPersonal.ts"],
		["./state/outbox.ts", "see state/whenPersonal.ts"],
		["./state/windows.ts", "see state/whenPersonal.ts"],
		["./state/bookingForm.ts", "see state/whenPersonal.ts"],
	])("does not hold %s", (module, why) => {
		expect(modules.get(module) ?? null, why).toBeNull();
	});
});
