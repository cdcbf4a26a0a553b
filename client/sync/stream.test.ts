import { beforeEach, describe, expect, it, vi } from "vitest";
import { failed, problem, type Result } from "../net/problem";
import { booking, message, ROOM } from "../net/testing/samples";
import { deviceTiming } from "../net/timing";
import type { EventBatch, StreamEvent } from "../net/types";
import type { Fact } from "./apply";
import { type Facts, noFacts } from "./facts";
import { createStream, type StreamParts } from "./stream";

const events = (...seqs: number[]): StreamEvent[] =>
	seqs.map((seq) => ({ seq, type: "message.created", data: message(seq), at: "" }));
const batch = (...seqs: number[]): EventBatch => ({
	events: events(...seqs),
	cursor: `c${seqs.at(-1)}`,
	reset: false,
});

let facts: Facts;
let acked: string[];
let loads: number;
const loading = vi.fn<StreamParts["loading"]>();
let snapshots: Result<readonly Fact[]>;
let finishLoading: () => void;
let catchUp: ReturnType<typeof vi.fn<StreamParts["catchUp"]>>;

function made(isSlow = false) {
	const gate = isSlow
		? new Promise<void>((resolve) => {
				finishLoading = resolve;
			})
		: Promise.resolve();
	return createStream({
		timing: deviceTiming,
		log: () => {},
		async loadSnapshots() {
			loads += 1;
			await gate;
			return snapshots as never;
		},
		catchUp,
		facts: () => facts,
		replace: (next) => {
			facts = next;
		},
		loading,
		applied: (cursor) => acked.push(cursor),
	});
}

const seqs = () => facts.messages.get(ROOM)?.map(({ seq }) => seq) ?? [];
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
	vi.useFakeTimers();
	facts = noFacts;
	acked = [];
	loads = 0;
	loading.mockClear();
	snapshots = { ok: true, value: [] };
	catchUp = vi.fn(async () => failed(problem("unreachable")));
});

describe("a person's stream (R21)", () => {
	it("takes each event once, however often the carriers bring it", async () => {
		const stream = made();
		stream.begin("c0");
		await settled();
		for (const next of [batch(1, 2), batch(1, 2), batch(2, 3), batch(1, 2, 3, 4), batch(3, 4)]) {
			stream.receive(next);
		}
		expect(seqs()).toEqual([1, 2, 3, 4]);
		expect(stream.cursor()).toBe("c4");
		expect(acked).toEqual(["c0", "c2", "c3", "c4"]);
	});

	it("never moves its cursor back when a late poll brings what the socket brought before", async () => {
		const stream = made();
		stream.begin("c0");
		await settled();
		stream.receive(batch(1, 2, 3));
		stream.receive(batch(1));
		stream.receive({ events: [], cursor: "c0", reset: false });
		expect(stream.cursor()).toBe("c3");
	});

	it("does not take what lies behind a hole, and fetches the hole", async () => {
		const stream = made();
		catchUp.mockResolvedValue({ ok: true, value: batch(3, 4, 5) });
		stream.begin("c0");
		await settled();
		stream.receive(batch(1, 2));
		stream.receive(batch(5));
		expect(seqs()).toEqual([1, 2]);
		await settled();
		expect(catchUp).toHaveBeenCalledExactlyOnceWith("c2");
		expect(seqs()).toEqual([1, 2, 3, 4, 5]);
	});

	it("fetches what a pong shows to be missing, and nothing when all is here", async () => {
		const stream = made();
		catchUp.mockResolvedValue({ ok: true, value: batch(3) });
		stream.begin("c0");
		await settled();
		stream.receive(batch(1, 2));
		stream.noticeHead(2);
		expect(catchUp).not.toHaveBeenCalled();
		stream.noticeHead(3);
		await settled();
		expect(seqs()).toEqual([1, 2, 3]);
	});

	it("begins anew when the server cannot close a hole, instead of asking for ever", async () => {
		const stream = made();
		catchUp.mockResolvedValue({ ok: true, value: batch(9) });
		stream.begin("c0");
		await settled();
		stream.receive(batch(1));
		snapshots = {
			ok: true,
			value: [1, 5, 9].map((seq) => ({ type: "message", data: message(seq) })),
		};
		stream.receive(batch(5));
		await settled();
		expect(seqs()).toEqual([1, 5, 9]);
		expect(catchUp).toHaveBeenCalledOnce();
		expect(stream.cursor()).toBe("c9");
	});

	it("keeps what arrives while the snapshots load, and acknowledges only what is in the state", async () => {
		const stream = made(true);
		snapshots = { ok: true, value: [{ type: "message", data: message(1) }] };
		stream.begin("c1");
		stream.receive(batch(2));
		stream.receive(batch(2, 3));
		expect(acked).toEqual([]);
		finishLoading();
		await settled();
		expect(seqs()).toEqual([1, 2, 3]);
		expect(acked).toEqual(["c3"]);
	});

	it("does not lose an answer to snapshots that were read before it", async () => {
		const stream = made(true);
		stream.begin("c0");
		stream.learn([{ type: "booking", data: booking() }]);
		expect(facts.bookings.has("b-1")).toBe(true);
		finishLoading();
		await settled();
		expect(facts.bookings.has("b-1")).toBe(true);
	});

	it("loads the snapshots of a person without events too: an old log is trimmed, or was never written", async () => {
		const stream = made();
		snapshots = { ok: true, value: [{ type: "booking", data: booking() }] };
		stream.begin("0");
		await settled();
		expect(facts.bookings.has("b-1")).toBe(true);
	});

	it("needs no snapshots for a person who was made just now", async () => {
		const stream = made(true);
		stream.begin("0", true);
		stream.receive(batch(1, 2));
		expect(seqs()).toEqual([1, 2]);
		expect(acked).toEqual(["c2"]);
	});

	it("replaces everything after a reset: a restored server may hold older versions", async () => {
		const stream = made();
		stream.begin("c0");
		await settled();
		stream.receive(batch(1, 2, 3));
		stream.learn([{ type: "booking", data: booking({ version: 9 }) }]);
		snapshots = { ok: true, value: [{ type: "booking", data: booking({ version: 2 }) }] };
		stream.receive({ events: [], cursor: "n0", reset: true });
		await settled();
		expect(seqs()).toEqual([]);
		expect(facts.bookings.get("b-1")?.version).toBe(2);
		stream.receive({ ...batch(1), cursor: "n1" });
		expect(stream.cursor()).toBe("n1");
	});

	it("tries the snapshots again after 1, 2, 4 s, and at once when told that the server is there", async () => {
		const stream = made();
		snapshots = failed(problem("unreachable"));
		stream.begin("c0");
		await settled();
		await vi.advanceTimersByTimeAsync(1_000 + 2_000);
		expect(acked).toEqual([]);
		snapshots = { ok: true, value: [{ type: "message", data: message(1) }] };
		stream.retry();
		await settled();
		expect(seqs()).toEqual([1]);
	});

	it("does not go on asking for snapshots that were refused for good, and says so", async () => {
		const stream = made();
		snapshots = failed(problem("forbidden", 403));
		stream.begin("c0");
		await settled();
		expect(loading).toHaveBeenLastCalledWith("refused", snapshots.ok ? null : snapshots.error);
		await vi.advanceTimersByTimeAsync(600_000);
		expect(loads).toBe(1);
		snapshots = { ok: true, value: [{ type: "message", data: message(1) }] };
		stream.retry();
		await settled();
		expect(loading).toHaveBeenLastCalledWith("ready", null);
		expect(seqs()).toEqual([1]);
	});

	it("drops the answer to a question of the person before", async () => {
		const stream = made(true);
		snapshots = { ok: true, value: [{ type: "booking", data: booking() }] };
		stream.begin("c0");
		stream.end();
		finishLoading();
		await settled();
		expect(facts).toBe(noFacts);
	});

	it("misses the very first event too, once it is known where the cursor stands", async () => {
		const stream = made();
		stream.begin("c4");
		await settled();
		stream.standsBehind(4, "c4");
		catchUp.mockResolvedValue({ ok: true, value: batch(5, 6) });
		stream.receive(batch(6));
		await settled();
		expect(seqs()).toEqual([5, 6]);
	});

	it("asks for what a head says is there although nothing has come yet", async () => {
		const stream = made();
		stream.begin("c4");
		await settled();
		stream.standsBehind(4, "c4");
		catchUp.mockResolvedValue({ ok: true, value: batch(5) });
		stream.noticeHead(5);
		await settled();
		expect(seqs()).toEqual([5]);
	});

	it("does not believe a number that belongs to another place", async () => {
		const stream = made();
		stream.begin("c4");
		await settled();
		stream.standsBehind(9, "c9");
		stream.receive(batch(5));
		expect(seqs()).toEqual([5]);
		expect(catchUp).not.toHaveBeenCalled();
	});
});

describe("a stream whose events another tab is given", () => {
	const answer = (...seqs: number[]) => ({ ok: true as const, value: batch(...seqs) });

	it("asks the server where it stands before it takes the first", async () => {
		const stream = made();
		stream.begin("c4");
		catchUp.mockResolvedValueOnce(answer(5, 6));
		stream.overhear(batch(6));
		await settled();
		expect(catchUp).toHaveBeenCalledWith("c4");
		stream.overhear(batch(7));
		expect(seqs()).toEqual([5, 6, 7]);
		expect(catchUp).toHaveBeenCalledOnce();
	});

	it("asks once more for what came up while the answer was on its way", async () => {
		const stream = made();
		stream.begin("c4");
		catchUp.mockResolvedValueOnce(answer(5)).mockResolvedValueOnce(answer(6));
		stream.overhear(batch(5));
		stream.overhear(batch(6));
		await settled();
		expect(seqs()).toEqual([5, 6]);
	});

	describe("and that missed some of them", () => {
		const from = (first: number, count: number) =>
			answer(...Array.from({ length: count }, (_, at) => first + at));
		const following = async () => {
			const stream = made();
			stream.begin("c0");
			await settled();
			catchUp.mockResolvedValueOnce(answer(1));
			stream.overhear(batch(1));
			await settled();
			return stream;
		};

		it("asks page after page for a gap that is longer than one", async () => {
			const stream = await following();
			catchUp
				.mockResolvedValueOnce(from(1, 200))
				.mockResolvedValueOnce(from(201, 200))
				.mockResolvedValueOnce(from(401, 30));
			stream.overhear(batch(430));
			await settled();
			expect(seqs()).toHaveLength(430);
			expect(catchUp.mock.calls.slice(-2)).toEqual([["c200"], ["c400"]]);
		});

		it("does not ask for ever a server that says the same for ever", async () => {
			const stream = await following();
			catchUp.mockResolvedValue(from(1, 200));
			stream.overhear(batch(300));
			await vi.advanceTimersByTimeAsync(60_000);
			expect(catchUp.mock.calls.length).toBeLessThan(5);
		});

		it("asks again when the answer is lost, although nobody says anything any more", async () => {
			const stream = await following();
			catchUp.mockResolvedValueOnce(failed(problem("unreachable")));
			catchUp.mockResolvedValueOnce(answer(2, 3, 4));
			stream.overhear(batch(4));
			await settled();
			expect(seqs()).toEqual([1]);
			await vi.advanceTimersByTimeAsync(1_000);
			expect(seqs()).toEqual([1, 2, 3, 4]);
		});

		it("asks nothing of a network that is not there, and at once when it is back", async () => {
			const stream = await following();
			stream.overhear(batch(4));
			await vi.advanceTimersByTimeAsync(60_000);
			const before = catchUp.mock.calls.length;
			await vi.advanceTimersByTimeAsync(3_600_000);
			expect(catchUp).toHaveBeenCalledTimes(before);
			catchUp.mockResolvedValueOnce(answer(2, 3, 4));
			stream.retry();
			await settled();
			expect(seqs()).toEqual([1, 2, 3, 4]);
			stream.retry();
			expect(catchUp).toHaveBeenCalledTimes(before + 1);
		});

		it("asks no more for somebody who has left", async () => {
			const stream = await following();
			stream.overhear(batch(4));
			await settled();
			const before = catchUp.mock.calls.length;
			stream.end();
			await vi.advanceTimersByTimeAsync(60_000);
			stream.retry();
			expect(catchUp).toHaveBeenCalledTimes(before);
		});
	});

	it("begins anew with the other tab", async () => {
		const stream = made();
		stream.begin("c4");
		await settled();
		stream.overhear({ events: [], cursor: "c0", reset: true });
		await settled();
		expect(stream.cursor()).toBe("c0");
		expect(loads).toBe(2);
	});
});
