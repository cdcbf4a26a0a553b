import { beforeEach, describe, expect, it } from "vitest";
import { failed, type Problem, problem, type Result } from "../net/problem";
import type { DraftFields, Draft as ServerDraft } from "../net/types";
import { createDraftSync, type DraftNet, SYNC_AFTER_IDLE } from "./draftSync";
import { AYU, emptyDevice, openDesk } from "./testing/draftDesk";

/** The server's drafts of one person, by docs/protocol.md. */
class DraftServer implements DraftNet {
	current: ServerDraft = { version: 0, draft: null, updatedAt: null };
	puts: { baseVersion: number; draft: DraftFields }[] = [];
	/** The next answers, before any other. */
	refusals: Problem[] = [];

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
		return this.answer(() =>
			baseVersion === this.current.version ? this.set(draft) : this.changed(),
		);
	};
	removeDraft = async (_therapist: string, baseVersion: number) =>
		this.answer(() => (baseVersion === this.current.version ? this.set(null) : this.changed()));
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
	return { drafts, desk, clock, sync, put, rest, meet, shown: () => drafts.loadDraft(AYU) };
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
		const { base } = one.shown();
		one.drafts.clearDraft(AYU);
		one.sync.cleared(AYU, base?.version ?? 0);
		await one.rest();
		await other.sync.changed(AYU, server.current.version);
		expect(other.shown().fields.customerName).toBe("");
	});

	it("cleared without a network does not come back, and is removed there later", async () => {
		const { put, drafts, sync, rest, meet, shown } = phone();
		await put({ customerName: "Budi" });
		server.refusals = [problem("unreachable"), problem("unreachable")];
		drafts.clearDraft(AYU);
		sync.cleared(AYU, 1);
		await rest();
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
