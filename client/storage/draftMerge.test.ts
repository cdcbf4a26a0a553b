import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BookingFields, DRAFT_FIELDS, type DraftField, emptyFields } from "./draftFields";
import { isSameDraft, mergeDrafts, pick, UNITS, unitOf } from "./draftMerge";

const words = fc.constantFrom("", "a", "b", "Jalan Raya 1", " a ");
const times = fc.constantFrom(null, "2026-03-11T04:00:00.000Z", "2026-03-12T04:00:00.000Z");
const draft: fc.Arbitrary<BookingFields> = fc.record({
	serviceId: fc.constantFrom(null, "s-60", "s-90"),
	when: fc.constantFrom(null, "asap" as const, "later" as const),
	scheduledTime: times,
	locationType: fc.constantFrom(null, "home" as const, "hotel" as const),
	area: words,
	location: words,
	massageFor: fc.constantFrom(null, "male" as const, "couple" as const),
	customerName: words,
	customerWhatsApp: words,
	note: words,
});
const three = fc.tuple(draft, draft, draft);
const heldFields = fc.uniqueArray(fc.constantFrom(...DRAFT_FIELDS)).map((names) => new Set(names));
const sameIn = (unit: readonly DraftField[], one: BookingFields, other: BookingFields) =>
	isSameDraft({ ...emptyFields, ...pick(unit, one) }, { ...emptyFields, ...pick(unit, other) });

describe("two copies of one draft (R29)", () => {
	it("what one side alone changed is what both have", () => {
		fc.assert(
			fc.property(draft, draft, (base, changed) => {
				for (const merged of [mergeDrafts(base, changed, base), mergeDrafts(base, base, changed)]) {
					expect(isSameDraft(merged.fields, changed)).toBe(true);
					expect(merged.asks).toEqual([]);
				}
			}),
		);
	});

	it("every unit comes whole from one side, and nothing is made up", () => {
		fc.assert(
			fc.property(three, ([base, mine, theirs]) => {
				const { fields } = mergeDrafts(base, mine, theirs);
				for (const unit of UNITS) {
					const sources = [mine, theirs].map((side) => pick(unit, side));
					expect(sources).toContainEqual(pick(unit, fields));
				}
			}),
		);
	});

	it("loses no change: each is in the draft, or in a question", () => {
		fc.assert(
			fc.property(three, ([base, mine, theirs]) => {
				const { fields, asks } = mergeDrafts(base, mine, theirs);
				for (const unit of UNITS) {
					for (const side of [mine, theirs]) {
						if (sameIn(unit, base, side)) continue;
						const asked = asks.find(({ field }) => field === unit[0])?.theirs;
						const isThere = sameIn(unit, fields, side);
						const isAsked = asked && sameIn(unit, { ...emptyFields, ...asked }, side);
						expect(isThere || isAsked).toBe(true);
					}
				}
			}),
		);
	});

	it("asks about the same fields on both sides, and about nothing else than double changes", () => {
		fc.assert(
			fc.property(three, ([base, mine, theirs]) => {
				const here = mergeDrafts(base, mine, theirs).asks.map(({ field }) => field);
				const there = mergeDrafts(base, theirs, mine).asks.map(({ field }) => field);
				expect(here).toEqual(there);
				for (const field of here) {
					expect(sameIn(unitOf(field), base, mine)).toBe(false);
					expect(sameIn(unitOf(field), base, theirs)).toBe(false);
					expect(sameIn(unitOf(field), mine, theirs)).toBe(false);
				}
			}),
		);
	});

	it("never touches what is being typed", () => {
		fc.assert(
			fc.property(three, heldFields, ([base, mine, theirs], held) => {
				const { fields } = mergeDrafts(base, mine, theirs, held);
				for (const field of held) expect(fields[field]).toBe(mine[field]);
			}),
		);
	});

	it("comes to rest: what was merged merges to itself", () => {
		fc.assert(
			fc.property(three, ([base, mine, theirs]) => {
				const once = mergeDrafts(base, mine, theirs).fields;
				expect(mergeDrafts(theirs, once, theirs)).toEqual({ fields: once, asks: [] });
			}),
		);
	});
});

describe("a time", () => {
	const base = emptyFields;
	const soon: BookingFields = { ...base, when: "asap" };
	const later: BookingFields = {
		...base,
		when: "later",
		scheduledTime: "2026-03-11T04:00:00.000Z",
	};

	it("is one choice with its kind: never a time that is said to be as soon as possible", () => {
		const { fields, asks } = mergeDrafts(base, soon, later);
		expect(fields).toEqual(soon);
		expect(asks).toEqual([
			{ field: "scheduledTime", theirs: { when: "later", scheduledTime: later.scheduledTime } },
		]);
	});
});
