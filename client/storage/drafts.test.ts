import { beforeEach, describe, expect, it, vi } from "vitest";
import { booking, message } from "../net/testing/samples";
import { readDraft } from "./draftFile";
import { AYU, emptyDevice, FakeClock, openDesk } from "./testing/draftDesk";

const stored = (owner = "u-1", therapistId = AYU) => readDraft(therapistId, owner)?.fields;

beforeEach(emptyDevice);

describe("saving (R25)", () => {
	it("comes a second after the last key, and a choice at once", () => {
		const { drafts, clock } = openDesk();
		drafts.updateField(AYU, "customerName", "B");
		clock.pass(900);
		drafts.updateField(AYU, "customerName", "Bu");
		clock.pass(900);
		expect(stored()).toBeUndefined();
		clock.pass(100);
		expect(stored()?.customerName).toBe("Bu");
		drafts.updateField(AYU, "serviceId", "s-60");
		expect(stored()?.serviceId).toBe("s-60");
	});

	it("comes within thirty seconds for somebody who never stops typing", () => {
		const { drafts, clock } = openDesk();
		for (let second = 0; second < 31; second++) {
			drafts.updateField(AYU, "note", "x".repeat(second));
			clock.pass(900);
		}
		clock.pass(100);
		expect(stored()?.note).not.toBe("");
		expect(drafts.loadDraft(AYU).version).toBe(1);
		clock.pass(2_000);
		expect(stored()?.note).toHaveLength(30);
	});

	it("says what is unsaved and when it was saved last", () => {
		const { drafts, clock } = openDesk();
		drafts.saveDraft(AYU, { note: "x" });
		expect(drafts.loadDraft(AYU)).toMatchObject({ isUnsaved: true, savedAt: null });
		clock.pass(1_000);
		expect(drafts.loadDraft(AYU)).toMatchObject({ isUnsaved: false, savedAt: 1_001_000 });
	});

	it("tries again every thirty seconds where the device refused", () => {
		const { drafts, clock } = openDesk();
		const real = localStorage;
		const full = () => {
			throw new DOMException("full", "QuotaExceededError");
		};
		vi.stubGlobal("localStorage", {
			getItem: (key: string) => real.getItem(key),
			setItem: full,
			removeItem() {},
		});
		expect(drafts.saveDraftImmediately(AYU, { serviceId: "s-60" })).toBe(false);
		expect(drafts.loadDraft(AYU).isKept).toBe(false);
		vi.unstubAllGlobals();
		clock.pass(30_000);
		expect(drafts.loadDraft(AYU).isKept).toBe(true);
		expect(localStorage.getItem(`session_${AYU}_u-1`)).toContain("s-60");
	});

	it("goes on when the clock was set back while typing", () => {
		const { drafts, clock } = openDesk();
		drafts.saveDraftImmediately(AYU, { serviceId: "s-60" });
		clock.wall -= 86_400_000;
		drafts.updateField(AYU, "note", "later");
		clock.pass(1_000);
		expect(stored()).toMatchObject({ serviceId: "s-60", note: "later" });
		expect(drafts.loadDraft(AYU).version).toBe(2);
	});
});

describe("coming back (R27)", () => {
	const leave = (owner = "u-1") => {
		openDesk(owner).drafts.saveDraftImmediately(AYU, { serviceId: "s-60", note: "x" });
	};

	it("finds what was left, until the person says what becomes of it", () => {
		leave();
		const { drafts } = openDesk();
		expect(drafts.loadDraft(AYU)).toMatchObject({ isFound: true, fields: { note: "x" } });
		drafts.continueDraft(AYU);
		expect(drafts.loadDraft(AYU)).toMatchObject({ isFound: false, fields: { note: "x" } });
	});

	it("starts fresh with nothing left on the device", () => {
		leave();
		const { drafts, discarded } = openDesk();
		drafts.clearDraft(AYU);
		expect(discarded).toEqual([AYU]);
		expect(drafts.loadDraft(AYU).fields.note).toBe("");
		expect(stored()).toBeUndefined();
		expect(localStorage.length).toBe(0);
	});

	it("says that something was damaged, and never throws", () => {
		leave();
		localStorage.setItem(`session_${AYU}_u-1`, "{");
		localStorage.setItem(`backup_${AYU}_u-1`, "{");
		expect(openDesk().drafts.loadDraft(AYU)).toMatchObject({ damage: "lost", isFound: false });
	});

	it("shows no draft of another person or another therapist (R26)", () => {
		leave("u-1");
		expect(openDesk("u-2").drafts.loadDraft(AYU).fields.note).toBe("");
		expect(openDesk("u-1").drafts.loadDraft("t-wayan").fields.note).toBe("");
	});

	it("takes the draft from the screen when another person comes to the device", () => {
		leave();
		const { drafts, desk } = openDesk();
		drafts.saveDraft(AYU, { note: "mine" });
		desk.whose = "u-2";
		drafts.changeOwner("u-2");
		expect(drafts.loadDraft(AYU).fields.note).toBe("");
		expect(stored("u-1")?.note).toBe("mine");
		expect(stored("u-2")).toBeUndefined();
	});
});

describe("sending and giving up (R28)", () => {
	it("checks before it sends", () => {
		const { drafts } = openDesk();
		expect(drafts.validateDraft(AYU)).toBe(false);
		expect(drafts.getValidationErrors(AYU)).toEqual([{ field: "customerName", code: "required" }]);
		drafts.saveDraft(AYU, { customerName: "Budi" });
		expect(drafts.validateDraft(AYU)).toBe(true);
	});

	it("writes what is typed before it sends, and keeps it until it is known that it arrived", async () => {
		const { drafts, submitted } = openDesk();
		drafts.saveDraft(AYU, { customerName: "Budi" });
		expect(await drafts.confirmBooking(AYU, 175_000)).toBe("booked");
		expect(submitted).toEqual([[AYU, 175_000]]);
		expect(stored()?.customerName).toBe("Budi");
	});

	it("gives up draft and order, and no message", async () => {
		const { drafts, discarded, kept } = openDesk();
		await drafts.addMessage(message(1));
		drafts.prepareBooking(AYU, { serviceId: "s-60", duration: 60 });
		expect(readDraft(AYU, "u-1")).toMatchObject({ duration: 60, fields: { serviceId: "s-60" } });
		drafts.cancelBooking(AYU);
		expect([discarded, stored()]).toEqual([[AYU], undefined]);
		expect(kept).toHaveLength(1);
	});

	it("puts the window back without touching the booking, unless told to", () => {
		const { drafts, reset } = openDesk();
		drafts.saveDraftImmediately(AYU, { serviceId: "s-60" });
		drafts.saveScrollPosition(AYU, 420.4);
		drafts.saveAll();
		expect(readDraft(AYU, "u-1")?.scroll).toBe(420);
		drafts.resetChatWindow(AYU);
		drafts.saveAll();
		expect(readDraft(AYU, "u-1")).toMatchObject({ scroll: 0, fields: { serviceId: "s-60" } });
		drafts.resetChatWindow(AYU, false);
		expect([reset, stored()]).toEqual([[AYU, AYU], undefined]);
	});

	it("tells which version the server is to forget", () => {
		const { drafts, cleared } = openDesk();
		drafts.adopt(AYU, 3, { ...drafts.loadDraft(AYU).fields, note: "x" });
		drafts.clearDraft(AYU);
		expect(cleared).toEqual([AYU]);
		expect(localStorage.getItem(`cleared_${AYU}_u-1`)).toBe("3");
	});
});

describe("prefilling from the last booking (R9, R26)", () => {
	const last = booking({ customerWhatsApp: "+62812", address: "Villa 5", note: "firm" });

	it("gives name, number and address to another therapist; never service, time or price", async () => {
		const { drafts, desk } = openDesk();
		desk.last = { ok: true, value: last };
		await drafts.fetchAndPrefillFromBackend("t-wayan");
		const { fields } = drafts.loadDraft("t-wayan");
		expect(fields).toMatchObject({
			customerName: "Budi",
			customerWhatsApp: "+62812",
			location: "Villa 5",
		});
		expect(fields).toMatchObject({ serviceId: null, when: null, scheduledTime: null, note: "" });
	});

	it("takes the place where a provider received for nobody's own address", async () => {
		const { drafts, desk } = openDesk();
		const spa = { locationType: "place", location: "Gang Kenanga 8", address: "Gang Kenanga 8" };
		desk.last = { ok: true, value: { ...last, ...spa } as typeof last };
		await drafts.fetchAndPrefillFromBackend("t-wayan");
		const { fields } = drafts.loadDraft("t-wayan");
		expect(fields).toMatchObject({ customerName: "Budi", area: "", location: "" });
	});

	it("gives the same therapist the service too, and never a time", async () => {
		const { drafts, desk } = openDesk();
		desk.last = { ok: true, value: last };
		await drafts.fetchAndPrefillFromBackend(AYU);
		const { fields } = drafts.loadDraft(AYU);
		expect(fields).toMatchObject({ serviceId: "s-60", when: null, scheduledTime: null });
	});

	it("overwrites nothing, and is no draft before the person adds a word", async () => {
		const { drafts, desk } = openDesk();
		desk.last = { ok: true, value: last };
		drafts.saveDraft(AYU, { customerName: "Wayan" });
		await drafts.fetchAndPrefillFromBackend(AYU);
		expect(drafts.loadDraft(AYU).fields).toMatchObject({ customerName: "Wayan", area: "Ubud" });
		await drafts.fetchAndPrefillFromBackend("t-wayan");
		expect(stored("u-1", "t-wayan")).toBeUndefined();
	});

	it("gives nothing of the first person to the second, however late the answer", async () => {
		const { drafts, desk } = openDesk();
		desk.last = { ok: true, value: last };
		const asked = drafts.fetchAndPrefillFromBackend(AYU);
		desk.whose = "u-2";
		drafts.changeOwner("u-2");
		expect(await asked).toEqual([]);
		expect(drafts.loadDraft(AYU).fields.customerName).toBe("");
	});
});

describe("storage health (R32)", () => {
	it("tells what the device keeps", () => {
		const { drafts } = openDesk();
		expect(drafts.getHealthStatus(AYU)).toEqual({
			operational: true,
			autoSaveEnabled: true,
			draftExists: false,
			draftVersion: 0,
			bytesUsed: 0,
		});
		drafts.saveDraftImmediately(AYU, { serviceId: "s-60" });
		drafts.saveDraftImmediately(AYU, { serviceId: "s-90" });
		const health = drafts.getHealthStatus();
		expect(health).toMatchObject({ draftExists: true, draftVersion: 2 });
		expect(health.bytesUsed).toBeGreaterThan(100);
	});

	it("works in memory and says so when localStorage throws on every call", () => {
		const broken = () => {
			throw new DOMException("no", "SecurityError");
		};
		vi.stubGlobal("localStorage", new Proxy({}, { get: () => broken, ownKeys: broken }));
		const { drafts } = openDesk();
		expect(drafts.saveDraftImmediately(AYU, { serviceId: "s-60" })).toBe(false);
		expect(drafts.loadDraft(AYU).fields.serviceId).toBe("s-60");
		expect(drafts.getHealthStatus(AYU)).toMatchObject({
			operational: false,
			autoSaveEnabled: false,
			draftExists: true,
		});
	});
});

describe("two tabs on one draft (R29)", () => {
	const twoTabs = () => {
		const clock = new FakeClock();
		const [one, other] = [openDesk("u-1", clock).drafts, openDesk("u-1", clock).drafts];
		one.saveDraftImmediately(AYU, { area: "Ubud", location: "Jalan 1" });
		for (const tab of [one, other]) tab.loadDraft(AYU);
		other.refresh(AYU);
		clock.pass(120_000);
		return { one, other, clock };
	};

	it("different fields are merged, whichever saves last, and whether or not it has heard of the other", () => {
		const { one, other, clock } = twoTabs();
		one.saveDraft(AYU, { area: "Sanur" });
		other.saveDraft(AYU, { note: "firm" });
		clock.pass(1_000);
		expect(stored()).toMatchObject({ area: "Sanur", note: "firm" });
		one.refresh(AYU);
		expect(one.loadDraft(AYU).fields).toEqual(other.loadDraft(AYU).fields);
	});

	it("the same field asks, with both values kept on the device", () => {
		const { one, other, clock } = twoTabs();
		one.saveDraft(AYU, { area: "Sanur" });
		other.saveDraft(AYU, { area: "Kuta" });
		clock.pass(1_000);
		const after = openDesk().drafts.loadDraft(AYU);
		expect([after.fields.area, after.asks[0]?.theirs.area].sort()).toEqual(["Kuta", "Sanur"]);
	});

	it.each([
		[true, "Sanur"],
		[false, "Kuta"],
	])("an answer (theirs: %j) settles the question in both tabs", (takeTheirs, area) => {
		const { one, other, clock } = twoTabs();
		one.saveDraft(AYU, { area: "Sanur" });
		other.saveDraft(AYU, { area: "Kuta" });
		clock.pass(1_000);
		one.refresh(AYU);
		other.answer(AYU, "area", takeTheirs);
		one.refresh(AYU);
		for (const tab of [one, other]) {
			expect(tab.loadDraft(AYU)).toMatchObject({ asks: [], fields: { area } });
		}
	});

	it("never changes the field that is being typed in, also in a pause that was saved", () => {
		const { one, other, clock } = twoTabs();
		one.saveDraft(AYU, { location: "Jalan R" });
		clock.pass(1_000);
		other.refresh(AYU);
		other.saveDraftImmediately(AYU, { location: "Villa 5", area: "Kuta" });
		one.refresh(AYU);
		const { fields, asks } = one.loadDraft(AYU);
		expect(fields).toMatchObject({ location: "Jalan R", area: "Kuta" });
		expect(asks).toMatchObject([{ field: "location", theirs: { location: "Villa 5" } }]);
	});

	it.each(["setBase", "adopt"] as const)(
		"what another has cleared does not come back by %s",
		(by) => {
			const [one, other] = [openDesk(), openDesk()];
			one.drafts.saveDraftImmediately(AYU, { note: "x" });
			other.drafts.refresh(AYU);
			one.drafts.clearDraft(AYU);
			const fields = { ...other.drafts.loadDraft(AYU).fields };
			if (by === "setBase") other.drafts.setBase(AYU, { version: 1, fields });
			else other.drafts.adopt(AYU, 1, null);
			expect(stored()?.note ?? "").toBe("");
			expect(other.drafts.loadDraft(AYU).fields.note).toBe("");
		},
	);

	it("cleared in one is cleared in the other, but for what is being typed there", () => {
		const { one, other } = twoTabs();
		one.clearDraft(AYU);
		other.refresh(AYU);
		expect(other.loadDraft(AYU).fields.area).toBe("");
		other.saveDraft(AYU, { note: "still typing" });
		one.clearDraft(AYU);
		other.refresh(AYU);
		expect(other.loadDraft(AYU).fields.note).toBe("still typing");
	});
});
