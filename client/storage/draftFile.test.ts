import { beforeEach, describe, expect, it, vi } from "vitest";
import { type DraftContent, draftBytes, openDraftFile, removeDraft, writeDraft } from "./draftFile";
import { keysStarting, removeKey } from "./local";
import { AYU, attempt, form } from "./testing/orderedForm";

const KEY = `session_${AYU}_u-1`;
const BACKUP = `backup_${AYU}_u-1`;
const draft: DraftContent = { ...form, attempt: null };
const named = (customerName: string): DraftContent => ({
	...draft,
	fields: { ...draft.fields, customerName },
});
const save = (content: DraftContent, now = 1_000) => writeDraft(AYU, "u-1", content, now);
const open = () => openDraftFile(AYU, "u-1");
const name = () => open().draft?.fields.customerName;
const stored = () => JSON.parse(localStorage.getItem(KEY) ?? "null");
const spoil = (key: string, change: (file: Record<string, unknown>) => void) => {
	const file = JSON.parse(localStorage.getItem(key) ?? "{}");
	change(file);
	localStorage.setItem(key, JSON.stringify(file));
};

beforeEach(() => {
	vi.unstubAllGlobals();
	for (const key of keysStarting("")) removeKey(key);
});

describe("each save (R26)", () => {
	it("raises version and time, and keeps the save before it", () => {
		save(named("one"), 5_000);
		save(named("two"), 6_000);
		expect(stored()).toMatchObject({ version: 2, lastModified: 6_000 });
		localStorage.setItem(KEY, "{");
		expect(open()).toMatchObject({ source: "backup", draft: { version: 1 } });
		expect(name()).toBe("one");
	});

	it("raises both also when the clock was set back by a day", () => {
		save(named("one"), 86_400_000);
		save(named("two"), 1_000);
		expect(stored()).toMatchObject({ version: 2, lastModified: 86_400_001 });
		expect(name()).toBe("two");
	});

	it("goes on counting after a recovery, and never makes damage the backup", () => {
		save(named("one"));
		save(named("two"));
		localStorage.setItem(KEY, "damaged");
		save(named("three"));
		expect(stored().version).toBe(2);
		localStorage.setItem(KEY, "damaged again");
		expect(name()).toBe("three");
	});

	it("takes about two kilobytes for a form filled in as people do", () => {
		const fields = {
			...form.fields,
			note: "Firm pressure. ".repeat(8),
			location: "Jalan ".repeat(12),
		};
		save({ ...draft, fields });
		expect(draftBytes(AYU, "u-1")).toBeLessThan(4_096);
	});
});

describe("a backup never holds another order than its draft", () => {
	it("an order that was given up does not come back", () => {
		save(form);
		save({ ...form, attempt: null });
		localStorage.setItem(KEY, "{");
		expect(open().draft?.attempt).toBeNull();
	});

	it("an order that has just been made is in both", () => {
		save(draft);
		save(form);
		localStorage.setItem(KEY, "{");
		expect(open().draft?.attempt).toEqual(attempt);
	});
});

describe("what is damaged", () => {
	beforeEach(() => {
		save(named("one"));
		save(named("two"));
	});

	it.each(["", "{", "null", "7", "[]", '"text"', "{}", "x".repeat(5_000_000)])(
		"a draft that is %#: falls back to its backup",
		(damage) => {
			localStorage.setItem(KEY, damage);
			expect(open().source).toBe("backup");
			expect(name()).toBe("one");
		},
	);

	it("one changed letter is noticed", () => {
		localStorage.setItem(KEY, (localStorage.getItem(KEY) ?? "").replace("two", "twe"));
		expect(name()).toBe("one");
	});

	it("with a backup that is damaged too, to nothing, and says so", () => {
		localStorage.setItem(KEY, "{");
		localStorage.setItem(BACKUP, "{");
		expect(open()).toEqual({ draft: null, source: "lost" });
	});

	it("where both were edited, what can be read stays, field by field", () => {
		for (const key of [KEY, BACKUP]) {
			spoil(key, (file) => {
				file.draft = { ...(file.draft as object), scroll: "far", asks: 3, base: [] };
			});
		}
		expect(open()).toMatchObject({ source: "pieces", draft: { scroll: 0, asks: [], base: null } });
		expect(name()).toBe("two");
	});

	it("is gone with its backup when it is cleared", () => {
		removeDraft(AYU, "u-1");
		expect(open()).toEqual({ draft: null, source: "none" });
	});
});

describe("whose it is (R26)", () => {
	it.each([
		["another person's", `session_${AYU}_u-2`, "u-2", AYU],
		["another therapist's", "session_t-wayan_u-1", "u-1", "t-wayan"],
	])("a draft copied to %s place is not shown there", (_name, key, owner, therapistId) => {
		save(named("private"));
		localStorage.setItem(key, localStorage.getItem(KEY) ?? "");
		expect(openDraftFile(therapistId, owner)).toEqual({ draft: null, source: "lost" });
	});
});

describe("a version of the app that is older or newer", () => {
	it("reads what schema 1 wrote, and writes it as schema 2", () => {
		const old = { fields: named("old").fields, savedAt: 7, attempt: null, bookingId: "b-1" };
		localStorage.setItem(KEY, JSON.stringify(old));
		const { draft, source } = open();
		expect(source).toBe("whole");
		expect(draft).toMatchObject({ version: 1, lastModified: 7, bookingId: "b-1" });
		save(draft as DraftContent);
		expect(stored()).toMatchObject({ schema: 2, version: 2 });
		expect(name()).toBe("old");
	});

	it("keeps what it can read of a schema it does not know", () => {
		save(named("new"));
		spoil(KEY, (file) => {
			file.schema = 9;
		});
		removeKey(BACKUP);
		expect(open().source).toBe("pieces");
		expect(name()).toBe("new");
	});
});

describe("a device that keeps nothing", () => {
	it("holds the draft in memory when every call throws, and says so", () => {
		const broken = () => {
			throw new DOMException("no", "SecurityError");
		};
		vi.stubGlobal("localStorage", new Proxy({}, { get: () => broken, ownKeys: broken }));
		expect(save(named("one")).isKept).toBe(false);
		expect(save(named("two")).draft.version).toBe(2);
		expect(name()).toBe("two");
	});

	it("gives up the backup where there is room for the draft alone", () => {
		save(named("one"));
		const real = localStorage;
		const setItem = (key: string, value: string) => {
			if (key === BACKUP || real.getItem(BACKUP) !== null) throw new DOMException("full");
			real.setItem(key, value);
		};
		vi.stubGlobal("localStorage", {
			setItem,
			getItem: (key: string) => real.getItem(key),
			removeItem: (key: string) => real.removeItem(key),
		});
		expect(save(named("two")).isKept).toBe(true);
		expect(name()).toBe("two");
	});
});
