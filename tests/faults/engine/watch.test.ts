import { describe, expect, it } from "vitest";
import type { Line } from "./page.ts";
import { ChatWatch, type MovedUp, overlooked, StreamWatch } from "./watch.ts";

const line = (seq: number | null, key = `c-${seq}`, own = true): Line => ({
	...{ key, seq, own, text: "" },
});
const theirs = (seq: number) => line(seq, `c-${seq}`, false);
const run = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, at) => line(from + at));

const waiting = (keys: string[]) => keys.map((key) => line(null, key));

/** What the watch says of one look after the other. */
function faultsOf(...looks: readonly (readonly Line[])[]): string[] {
	const faults: string[] = [];
	const watch = new ChatWatch("here", (fault) => faults.push(fault));
	for (const lines of looks) watch.look(lines);
	watch.end();
	return faults;
}

function heard(...lines: string[]): string[] {
	const faults: string[] = [];
	const watch = new StreamWatch("here", (fault) => faults.push(fault));
	for (const told of lines) watch.hear(`12:00:00 [stream] ${told}`);
	return faults;
}

describe("who looks at the screens of an engine run", () => {
	it("has nothing to say about a good one", () => {
		const waiting = line(null, "c-4");
		const looks = [run(2, 3), [...run(2, 3), waiting], run(2, 4), run(1, 4)];
		expect(faultsOf(...looks)).toEqual([]);
	});

	it.each([
		["a loss", [run(1, 5), run(1, 5).toSpliced(2, 1)]],
		["a message that goes and comes back", [run(1, 5), run(1, 4), run(1, 5)]],
		["an own one that goes for good", [[...run(1, 3), line(null, "c-9")], run(1, 3)]],
		["an own one that goes and comes back below", [[line(null, "c-4")], run(1, 3), run(1, 4)]],
		["a duplicate", [[...run(1, 5), line(6, "c-3")]]],
		["two in the wrong order", [[line(1), line(3), line(2)]]],
		["one that is sent behind one that is not", [[line(1), line(null, "x"), line(2)]]],
		[
			"a number that changes",
			[
				[line(1), line(2, "x")],
				[line(1), line(3, "x")],
			],
		],
		[
			"a number that is lost again",
			[
				[line(1), line(2, "x")],
				[line(1), line(null, "x")],
			],
		],
		[
			"one that overtakes what waited before it",
			[
				[line(null, "x"), line(null, "y")],
				[line(1, "y"), line(null, "x")],
			],
		],
		[
			"two that wait and change places",
			[
				["x", "y"],
				["y", "x"],
			].map(waiting),
		],
		["an own one that goes when all is loaded", [[...run(1, 3), line(null, "x")], run(1, 3), []]],
		["an own one that goes from an empty chat", [[line(null, "x")], [], run(1, 2)]],
		[
			"an own one that goes up and is not there",
			[[...run(5, 9), line(null, "c-9x")], run(5, 9), run(1, 9), [...run(1, 9), line(10, "c-9x")]],
		],
	])("reports %s", (_name, looks) => {
		expect(faultsOf(...looks)).not.toEqual([]);
	});

	it("lets an own one go to its place above what is loaded, when its answer had been lost", () => {
		const waiting = line(null, "c-2");
		expect(faultsOf([...run(5, 9), waiting], run(5, 9), run(1, 9))).toEqual([]);
	});

	it("lets one that waits stand behind the next while a list is ahead of the stream, and no longer", () => {
		const both = waiting(["x", "y"]);
		const ahead = [line(2, "y"), line(null, "x")];
		expect(faultsOf(both, ahead, [line(1, "x"), line(2, "y")])).toEqual([]);
		expect(faultsOf(both, ahead, [line(2, "y"), line(3, "x")])).toHaveLength(1);
		expect(faultsOf(both, [line(1, "y"), line(2, "x")])).toHaveLength(1);
	});

	it("lets one stand above a hole while its answer or a list is ahead of the stream, and no longer", () => {
		const answered = [line(1), line(null, "c-3")];
		expect(faultsOf(answered, [line(1), line(3)], [line(1), theirs(2), line(3)])).toEqual([]);
		expect(faultsOf(run(1, 1), [line(1), theirs(3)], run(1, 3))).toEqual([]);
		for (const last of [line(3), theirs(3)]) {
			expect(faultsOf(run(1, 1), [line(1), last])).toHaveLength(1);
		}
	});
});

describe("an own message that went up on a page that died", () => {
	const ends = (...looks: readonly (readonly Line[])[]) => {
		const faults: string[] = [];
		const moved: MovedUp = new Map();
		const page = () => new ChatWatch("here", (fault) => faults.push(fault), moved);
		const first = page();
		first.look([...run(5, 9), line(null, "c-x")]);
		first.look(run(5, 9));
		const next = page();
		for (const lines of looks) next.look(lines);
		next.end();
		return faults;
	};
	const without = (seq: number) => run(1, 9).filter((one) => one.seq !== seq);

	it.each([
		["above what was loaded", [without(2).toSpliced(1, 0, line(2, "c-x"))]],
		[
			"above what was loaded, after it was sent once more",
			[[...run(5, 9), line(null, "c-x")], run(5, 9), without(2).toSpliced(1, 0, line(2, "c-x"))],
		],
	])("may be on the next page %s", (_name, looks) => {
		expect(ends(...looks)).toEqual([]);
	});

	it.each([
		["below what was loaded", [[...run(1, 9), line(10, "c-x")]]],
		["nowhere", [run(1, 9)]],
	])("must not be on the next page %s", (_name, looks) => {
		expect(ends(...looks)).not.toEqual([]);
	});
});

describe("the damage that each run does to itself", () => {
	it.each([0, 0.3, 0.999])("is reported, at %f of a good screen", (at) => {
		expect(overlooked(run(1, 40), at)).toEqual([]);
	});

	it("cannot be done where there is nothing: then nothing is proved", () => {
		expect(overlooked([line(1), line(null, "x")], 0)).not.toEqual([]);
	});
});

describe("who listens to the stream of an engine run", () => {
	it("has nothing to say about a good one", () => {
		expect(heard("1 a, 2 b", "3 c", "began anew: loaded", "9 x")).toEqual([]);
	});

	it.each([
		["a loss", ["1 a", "3 c"]],
		["a duplicate", ["1 a, 2 b", "2 b"]],
		["a reorder", ["1 a", "3 c, 2 b"]],
	])("reports %s", (_name, lines) => {
		expect(heard(...lines)).not.toEqual([]);
	});
});
