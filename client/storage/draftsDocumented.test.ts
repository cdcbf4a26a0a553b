import { describe, expect, it } from "vitest";
import page from "../../docs/drafts.md?raw";
import { openDesk } from "./testing/draftDesk";

/** The section about a function, from its heading to the next. */
function section(name: string): string {
	const after = page.split(new RegExp(`^### \`${name}\\(`, "m"))[1] ?? "";
	return after.split(/^##/m)[0] ?? "";
}

describe("docs/drafts.md", () => {
	it.each(Object.keys(openDesk().drafts))("explains %s with an example of its own", (name) => {
		expect(section(name)).toMatch(new RegExp(`\`\`\`ts[^\`]*\\bdrafts\\.${name}\\b[^\`]*\`\`\``));
	});

	it("explains nothing that is not there", () => {
		const explained = [...page.matchAll(/^### `(\w+)\(/gm)].map(([, name]) => name);
		expect(explained.sort()).toEqual(Object.keys(openDesk().drafts).sort());
	});

	it.each(["useChatBookingStorage", "useAutosaveIndicator", "useStorageHealth"])(
		"names the hook %s",
		(hook) => expect(page).toContain(`\`${hook}(`),
	);
});
