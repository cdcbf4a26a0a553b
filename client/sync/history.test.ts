import { describe, expect, it } from "vitest";
import { message } from "../net/testing/samples";
import { shownRun } from "./history";

const ALL_BY_PAGES = Number.POSITIVE_INFINITY;
const held = (...seqs: number[]) => seqs.map((seq) => message(seq));
const shown = (seqs: number[], head: number) => shownRun(held(...seqs), head).map(({ seq }) => seq);

describe("the messages to show (R14)", () => {
	it("leaves out what lies under a hole that only older pages fill", () => {
		expect(shown([1, 2, 9, 10], ALL_BY_PAGES)).toEqual([9, 10]);
		expect(shown([1, 2, 9, 10], 9)).toEqual([9, 10]);
	});

	it("keeps everything on the screen while an own message is ahead of the stream", () => {
		expect(shown([3, 4, 5, 7], 5)).toEqual([3, 4, 5, 7]);
		expect(shown([3, 4, 5, 7, 12], 4)).toEqual([3, 4, 5, 7, 12]);
	});

	it("keeps to the newest page below the head, whatever is missing above it", () => {
		expect(shown([1, 2, 50, 51, 53], 51)).toEqual([50, 51, 53]);
	});

	it("shows a new conversation from its first message on, also when that one comes last", () => {
		expect(shown([2, 3], 0)).toEqual([2, 3]);
		expect(shown([], 0)).toEqual([]);
	});
});
