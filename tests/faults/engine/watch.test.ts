import { describe, expect, it } from "vitest";
import type { Line } from "./page.ts";
import { ChatWatch, StreamWatch } from "./watch.ts";

const line = (seq: number | null, key = `c-${seq}`): Line => ({ key, seq, own: true, text: "" });
const run = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, at) => line(from + at));

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
	])("reports %s", (_name, looks) => {
		expect(faultsOf(...looks)).not.toEqual([]);
	});

	it("lets an own one go to its place above what is loaded, when its answer had been lost", () => {
		const waiting = line(null, "c-2");
		expect(faultsOf([...run(5, 9), waiting], run(5, 9), run(1, 9))).toEqual([]);
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
