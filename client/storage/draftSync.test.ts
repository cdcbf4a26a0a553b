import { beforeEach, describe, expect, it } from "vitest";
import { failed, type Problem, problem, type Result } from "../net/problem";
import type { DraftFields, Draft as ServerDraft } from "../net/types";
import { noteCleared } from "./draftNotes";
import type { DraftNet } from "./draftParts";
import { createRemoval } from "./draftRemoval";
import { createDraftSync, SYNC_AFTER_IDLE } from "./draftSync";
import { AYU, emptyDevice, openDesk } from "./testing/draftDesk";

/** The server's drafts of one person, by docs/protocol.md. */
class DraftServer implements DraftNet {
	current: ServerDraft = { version: 0, draft: null, updatedAt: null };
	puts: { baseVersion: number; draft: DraftFields }[] = [];
	/** The next answers, before any other. */
	refusals: Problem[] = [];
	/** The next saves: `lost` = only the answer is; `late` = with `arrive`, and answered; `stray` = and not answered. */
	fates: ("lost" | "late" | "stray")[] = [];
	/** Turns until a removal is answered; after 8 the answer to a save that came just before is there first. */
	removalTakes = 0;
	private onTheWay: (() => void)[] = [];

	private answer<Value>(act: () => Result<Value>): Result<Value> {
		const refusal = this.refusals.shift();
		return refusal ? failed(refusal) : act();
	}
	private set(draft: DraftFields | null) {
		this.current = { version: this.current.version + 1, draft, updatedAt: null };
		return { ok: true as const, value: { version: this.current.version } };
	}
	private changed = () => failed(problem("draft_changed", 409, { current: this.current }));

	draft = async () => this.answer(() => ({ ok: true as const, value: this.current }));
	saveDraft = async (_therapist: string, baseVersion: number, draft: DraftFields) => {
		this.puts.push({ baseVersion, draft });
		const save = () =>
			this.answer(() => (baseVersion === this.current.version ? this.set(draft) : this.changed()));
		const fate = this.fates.shift();
		if (!fate) return save();
		if (fate === "late") {
			return new Promise<ReturnType<typeof save>>((resolve) => {
				this.onTheWay.push(() => resolve(save()));
			});
		}
		if (fate === "stray") this.onTheWay.push(save);
		else save();
		return failed(problem("unreachable"));
	};
	/** What is on its way arrives. */
	arrive() {
		for (const act of this.onTheWay.splice(0)) act();
	}
	removeDraft = async (_therapist: string, baseVersion: number) => {
		const answer = this.answer(() => {
			const { version, draft } = this.current;
			if (baseVersion === version) return this.set(null);
			return draft === null ? { ok: true as const, value: { version } } : this.changed();
		});
		for (let turn = 0; turn < this.removalTakes; turn++) await Promise.resolve();
		return answer;
	};
}

function openDevice(server: DraftServer, whose: string | null = "u-1") {
	const { drafts, desk, clock } = openDesk(whose);
	const sync = createDraftSync({
		clock,
		owner: () => desk.whose,
		check: (_therapist, { customerName }) =>
			customerName ? [] : [{ field: "customerName", code: "required" }],
		net: server,
		drafts,
		isOrdered: () => ordered,
		tell() {},
	});
	const rest = async () => {
		clock.pass(SYNC_AFTER_IDLE);
		for (let turn = 0; turn < 50; turn++) await Promise.resolve();
	};
	drafts.subscribe((id) => {
		if (!drafts.loadDraft(id).isUnsaved) sync.saved(id);
	});
	const put = async (change: Parameters<typeof drafts.saveDraftImmediately>[1]) => {
		drafts.saveDraftImmediately(AYU, change);
		await rest();
	};
	const meet = async () => {
		await sync.exchange(AYU);
		await rest();
	};
	const clear = async () => {
		drafts.clearDraft(AYU);
		for (const id of desk.cleared.splice(0)) sync.cleared(id);
		await rest();
	};
	return { drafts, desk, clock, sync, put, rest, meet, clear, shown: () => drafts.loadDraft(AYU) };
}

let server: DraftServer;
let ordered = false;

beforeEach(() => {
	emptyDevice();
	server = new DraftServer();
	ordered = false;
});

describe("a draft goes to the server (R29)", () => {
	it("when it is valid and has come to rest, and once", async () => {
		const { put, meet } = openDevice(server);
		await put({ area: "Ubud" });
		expect(server.puts).toEqual([]);
		await put({ customerName: "Budi" });
		expect(server.current).toMatchObject({
			version: 1,
			draft: { customerName: "Budi", note: null },
		});
		await meet();
		expect(server.puts).toHaveLength(1);
	});

	it("of nobody stays on the device", async () => {
		await openDevice(server, "guest").put({ customerName: "Budi" });
		expect(server.puts).toEqual([]);
	});

	it("whose order is on its way does not: another device would order it again", async () => {
		const { put, meet } = openDevice(server);
		ordered = true;
		await put({ customerName: "Budi" });
		await meet();
		expect(server.puts).toEqual([]);
	});

	it("that became a booking does not", async () => {
		const { drafts, put, meet } = openDevice(server);
		drafts.note(AYU, { bookingId: "b-1" });
		await meet();
		expect(server.puts).toEqual([]);
		await put({ customerName: "Budi" });
		expect(server.puts).toHaveLength(1);
	});
});

describe("answers that are no yes: nothing typed is lost", () => {
	it.each([413, 422])("after %i it is not sent again before it is changed", async (status) => {
		const { put, meet, shown } = openDevice(server);
		server.refusals = [problem("too_large", status)];
		await put({ customerName: "Budi" });
		await meet();
		expect(server.puts).toHaveLength(1);
		expect(shown().fields.customerName).toBe("Budi");
		await put({ note: "shorter" });
		expect(server.puts).toHaveLength(2);
	});

	it.each([
		["a fault of the server", problem("server_error", 500)],
		["no answer", problem("unreachable")],
	])("after %s it is sent again later", async (_name, refusal) => {
		const { put, clock, rest, shown } = openDevice(server);
		server.refusals = [refusal];
		await put({ customerName: "Budi" });
		expect(server.current.version).toBe(0);
		expect(shown().fields.customerName).toBe("Budi");
		clock.pass(30_000);
		await rest();
		expect(server.current.draft?.customerName).toBe("Budi");
	});

	it("a 409 that tells nothing ends nothing", async () => {
		const { put, shown } = openDevice(server);
		server.refusals = [problem("draft_changed", 409, { current: "?" })];
		await put({ customerName: "Budi" });
		expect(shown().fields.customerName).toBe("Budi");
	});
});

describe("two devices", () => {
	/** The second device starts from nothing of its own: storage is the same object in this test, so its person's key differs. */
	const phone = () => openDevice(server, "u-phone");
	const laptop = () => openDevice(server, "u-laptop");

	it("the second goes on where the first stopped", async () => {
		await phone().put({ customerName: "Budi", area: "Ubud" });
		const { meet, shown } = laptop();
		await meet();
		expect(shown()).toMatchObject({ asks: [], fields: { customerName: "Budi", area: "Ubud" } });
	});

	it("different fields end up the same on both, in whatever order they arrive", async () => {
		const [one, other] = [phone(), laptop()];
		await one.put({ customerName: "Budi", area: "Ubud" });
		await other.meet();
		await one.put({ note: "firm" });
		await other.put({ area: "Sanur" });
		await one.meet();
		await other.meet();
		expect(one.shown().fields).toMatchObject({ note: "firm", area: "Sanur" });
		expect(other.shown().fields).toEqual(one.shown().fields);
	});

	it("the same field asks the slower one, who decides for both", async () => {
		const [one, other] = [phone(), laptop()];
		await one.put({ customerName: "Budi", area: "Ubud" });
		await other.meet();
		await one.put({ area: "Sanur" });
		await other.put({ area: "Kuta" });
		expect(other.shown()).toMatchObject({
			fields: { area: "Kuta" },
			asks: [{ field: "area", theirs: { area: "Sanur" } }],
		});
		expect(server.current.draft?.area).toBe("Sanur");
		other.drafts.answer(AYU, "area", false);
		await other.rest();
		one.clock.pass(60_000);
		await one.meet();
		expect(one.shown().fields.area).toBe("Kuta");
	});

	it("a change is heard of live, and leaves alone what is being typed", async () => {
		const [one, other] = [phone(), laptop()];
		await one.put({ customerName: "Budi", area: "Ubud" });
		await other.meet();
		other.drafts.saveDraft(AYU, { area: "Ku" });
		await one.put({ area: "Sanur", note: "firm" });
		await other.sync.changed(AYU, server.current.version);
		expect(other.shown().fields).toMatchObject({ area: "Ku", note: "firm" });
		expect(other.shown().asks).toMatchObject([{ field: "area", theirs: { area: "Sanur" } }]);
	});

	it("cleared on one is cleared on the other, but for what was added there", async () => {
		const [one, other] = [phone(), laptop()];
		await one.put({ customerName: "Budi" });
		await other.meet();
		await one.clear();
		await other.sync.changed(AYU, server.current.version);
		expect(other.shown().fields.customerName).toBe("");
	});

	it("cleared without a network does not come back, and is removed there later", async () => {
		const { put, clear, sync, meet, shown } = phone();
		await put({ customerName: "Budi" });
		server.refusals = [problem("unreachable"), problem("unreachable")];
		await clear();
		expect(sync.clearedIds()).toEqual([AYU]);
		await meet();
		expect(shown().fields.customerName).toBe("");
		await meet();
		expect([server.current.draft, sync.clearedIds()]).toEqual([null, []]);
	});

	it("a booking made elsewhere takes the draft away, but never one whose booking is this device's", async () => {
		const [one, other] = [phone(), laptop()];
		await one.put({ customerName: "Budi" });
		await other.meet();
		one.drafts.note(AYU, { bookingId: "b-1" });
		await server.removeDraft(AYU, 1);
		for (const device of [one, other]) await device.sync.changed(AYU, 2);
		expect(one.shown().fields.customerName).toBe("Budi");
		expect(other.shown().fields.customerName).toBe("");
	});
});

describe("cleared while a save was on its way, it is nowhere afterwards (R28)", () => {
	const nothingLeft = ({ meet, shown, sync }: ReturnType<typeof openDevice>) =>
		meet().then(() => {
			expect(shown()).toMatchObject({ asks: [], fields: { customerName: "" } });
			expect([server.current.draft, sync.clearedIds()]).toEqual([null, []]);
			expect(localStorage.getItem(`sent_${AYU}_u-1`)).toBeNull();
		});

	it.each([{ note: "first" }, { note: "second", customerName: "Budi" }])(
		"and the save is answered after: %o",
		async ({ customerName, note }) => {
			const device = openDevice(server);
			if (customerName) await device.put({ customerName });
			server.fates = ["late"];
			await device.put({ customerName: "Budi", note });
			await device.clear();
			server.arrive();
			await device.rest();
			await nothingLeft(device);
		},
	);

	it("and the save arrived, but its answer was lost", async () => {
		const device = openDevice(server);
		server.fates = ["lost"];
		await device.put({ customerName: "Budi" });
		expect(server.current.version).toBe(1);
		await device.clear();
		await nothingLeft(device);
	});

	it("and the save arrives only after it", async () => {
		const device = openDevice(server);
		server.fates = ["stray"];
		await device.put({ customerName: "Budi" });
		await device.clear();
		server.arrive();
		await nothingLeft(device);
	});

	it("and the page that sent it is gone, and nothing answered for a while", async () => {
		server.fates = ["stray"];
		await openDevice(server).put({ customerName: "Budi" });
		const device = openDevice(server);
		server.refusals = Array.from({ length: 2 }, () => problem("unreachable"));
		await device.clear();
		expect(device.sync.clearedIds()).toEqual([AYU]);
		server.refusals = [];
		server.arrive();
		await nothingLeft(device);
	});

	it("and another tab had the answer", async () => {
		const [one, other] = [openDevice(server), openDevice(server)];
		server.fates = ["late"];
		await one.put({ customerName: "Budi" });
		other.drafts.refresh(AYU);
		server.refusals = [problem("unreachable")];
		await other.clear();
		one.drafts.refresh(AYU);
		server.arrive();
		await one.rest();
		await nothingLeft(other);
	});

	it.each([0, 8])("and another tab has the answer while this one removes it: %i", async (turns) => {
		server.removalTakes = turns;
		const [one, other] = [openDevice(server), openDevice(server)];
		server.fates = ["late"];
		await one.put({ customerName: "Budi" });
		other.drafts.refresh(AYU);
		server.arrive();
		await other.clear();
		await nothingLeft(one);
		await nothingLeft(other);
	});

	it("and the person began anew at once: that goes there, and nothing of the first", async () => {
		const device = openDevice(server);
		server.fates = ["late"];
		await device.put({ customerName: "Budi", area: "Ubud" });
		await device.clear();
		await device.put({ customerName: "Sari" });
		server.arrive();
		await device.rest();
		await device.meet();
		expect(device.shown()).toMatchObject({ asks: [], fields: { customerName: "Sari", area: "" } });
		expect(server.current.draft).toMatchObject({ customerName: "Sari", area: null });
	});

	it("but what another device has written since is not cleared unseen", async () => {
		const [one, other] = [openDevice(server), openDevice(server, "u-laptop")];
		server.fates = ["lost"];
		await one.put({ customerName: "Budi" });
		await other.meet();
		await other.put({ area: "Sanur" });
		await one.clear();
		await one.meet();
		expect(server.current.draft).toMatchObject({ customerName: "Budi", area: "Sanur" });
		expect(one.sync.clearedIds()).toEqual([]);
	});
});

describe("what became a booking is no draft any more (R28)", () => {
	it("though its first save comes after the booking", async () => {
		const { put, drafts, rest, meet, shown } = openDevice(server);
		server.fates = ["late"];
		await put({ customerName: "Budi" });
		ordered = true;
		await server.removeDraft(AYU, 0);
		server.arrive();
		await rest();
		ordered = false;
		drafts.note(AYU, { bookingId: "b-1" });
		await meet();
		expect(server.puts).toHaveLength(1);
		expect(shown()).toMatchObject({ bookingId: "b-1", fields: { customerName: "Budi" } });
		drafts.note(AYU, { bookingId: null });
		await put({ note: "another try" });
		expect(server.current.draft).toMatchObject({ customerName: "Budi", note: "another try" });
	});
});

describe("a lost answer asks the person nothing about their own words (R29)", () => {
	it("when more was typed since", async () => {
		const { put, clock, rest, shown } = openDevice(server);
		server.fates = ["lost"];
		await put({ customerName: "Budi", note: "firm" });
		await put({ note: "firm pressure", area: "Ubud" });
		clock.pass(30_000);
		await rest();
		expect(shown()).toMatchObject({ asks: [], fields: { note: "firm pressure", area: "Ubud" } });
		expect(server.current.draft).toMatchObject({ note: "firm pressure", area: "Ubud" });
	});

	it("when the first arrives long after the second was written", async () => {
		const { put, meet, shown } = openDevice(server);
		server.fates = ["stray", "stray"];
		await put({ customerName: "Budi", note: "f" });
		await put({ note: "firm" });
		server.arrive();
		await put({ note: "firm pressure" });
		await meet();
		expect(shown()).toMatchObject({ asks: [], fields: { note: "firm pressure" } });
		expect(server.current.draft?.note).toBe("firm pressure");
	});

	it("when another device went on from there, whose change is taken", async () => {
		const [one, other] = [openDevice(server), openDevice(server, "u-laptop")];
		server.fates = ["lost"];
		await one.put({ customerName: "Budi", note: "firm" });
		await other.meet();
		await other.put({ area: "Sanur" });
		await one.put({ note: "firm pressure" });
		await one.meet();
		expect(one.shown()).toMatchObject({
			asks: [],
			fields: { note: "firm pressure", area: "Sanur" },
		});
		expect(server.current.draft).toMatchObject({ note: "firm pressure", area: "Sanur" });
	});

	it("however often it was changed while nothing answered", async () => {
		const { put, meet, shown } = openDevice(server);
		server.fates = ["lost"];
		await put({ customerName: "Budi", note: "0" });
		server.refusals = Array.from({ length: 20 }, () => problem("unreachable"));
		for (let round = 1; round <= 20; round++) await put({ note: `${round}` });
		expect(server.puts).toHaveLength(1);
		await meet();
		expect(shown().asks).toEqual([]);
		expect(server.current.draft?.note).toBe("20");
	});

	it("but about another device's", async () => {
		const [one, other] = [openDevice(server), openDevice(server, "u-laptop")];
		server.fates = ["lost"];
		await one.put({ customerName: "Budi", note: "firm" });
		await other.meet();
		await other.put({ note: "soft" });
		await one.put({ note: "firm pressure" });
		await one.meet();
		expect(one.shown().asks).toMatchObject([{ field: "note", theirs: { note: "soft" } }]);
	});
});

it("what another tab noted as cleared while it was being removed here is removed", async () => {
	const tried: number[] = [];
	const current = { version: 1, draft: { customerName: "Budi" } };
	const removeCleared = createRemoval({
		net: {
			async removeDraft(_therapist, base) {
				tried.push(base);
				if (base === 1) return { ok: true, value: { version: 2 } };
				noteCleared(AYU, "u-1", 1);
				return failed(problem("draft_changed", 409, { current }));
			},
		},
		isHere: () => true,
		removed() {},
	});
	noteCleared(AYU, "u-1", 0);
	expect([await removeCleared(AYU, "u-1"), tried]).toEqual([true, [0, 1]]);
});

it.each(["{", "[1]", '{"a":1}', '[{"base":"x","fields":{"note":5}}]'])(
	"notes of a save that were damaged stop nothing: %s",
	async (damage) => {
		localStorage.setItem(`sent_${AYU}_u-1`, damage);
		const { put, meet } = openDevice(server);
		await put({ customerName: "Budi" });
		await meet();
		expect(server.current.draft?.customerName).toBe("Budi");
		expect(localStorage.getItem(`sent_${AYU}_u-1`)).toBeNull();
	},
);
