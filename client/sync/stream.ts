import { done, isFinal, type Problem, type Result } from "../net/problem";
import type { Log, Timing } from "../net/timing";
import type { EventBatch } from "../net/types";
import { type Answer, applyAll, type Fact } from "./apply";
import { createCatchUp } from "./catchUp";
import { type Facts, noFacts } from "./facts";

/** The cursor before a stream's first event. */
const BEGINNING = "0";
/** Milliseconds between attempts to load the snapshots; the last one repeats. */
const LOAD_DELAYS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/** So many events in one answer are a page, behind which there may be more. */
const MANY = 100;

/** `refused`: the server said no. It is not asked again by itself, only by `retry` or with a new beginning. */
export type LoadState = "loading" | "ready" | "refused";

export interface StreamParts {
	timing: Timing;
	log: Log;
	/** All that the person has, as lists. */
	loadSnapshots(): Promise<Result<readonly Fact[]>>;
	/** The events after a cursor, without waiting for one. */
	catchUp(cursor: string): Promise<Result<EventBatch>>;
	facts(): Facts;
	replace(facts: Facts): void;
	/** How the snapshots stand: still loading (with what went wrong so far), there, or refused for good. */
	loading(state: LoadState, failure: Problem | null): void;
	/** The events up to this cursor are in the state. */
	applied(cursor: string): void;
}

/**
 * One person's numbered stream: every event enters the state once and in order, whichever carrier brings it and
 * however often. What arrives while the snapshots load is kept until they are there.
 */
export interface Stream {
	/** Where a carrier goes on reading. */
	cursor(): string;
	/**
	 * Begins at `cursor` with the snapshots; what is in the state goes. Only for a person made just now (`isNew`)
	 * there is nothing to load: all there will be comes as events.
	 */
	begin(cursor: string, isNew?: boolean): void;
	receive(batch: EventBatch): void;
	/** Takes in what an answer said; like events, it is not lost to snapshots that were read before it. */
	learn(answers: readonly Answer[]): void;
	/** The number of the event that `cursor` stands behind: from now on the first event can be missed too. */
	standsBehind(seq: number, cursor: string): void;
	/** The newest seq the server has: if it is not here yet, it is fetched. */
	noticeHead(head: number): void;
	/** Loads now what is still missing, snapshots or events. */
	retry(): void;
	end(): void;
}

/** The stream of a tab that has its events from another tab of the same person. */
export interface FollowingStream extends Stream {
	/** Takes a batch that was given to another tab: it need not go on where this stream stands. */
	overhear(batch: EventBatch): void;
	/** Fetches what came after the cursor. */
	catchUp(): void;
}

export function createStream(parts: StreamParts): FollowingStream {
	let cursor = BEGINNING;
	/** Null until the first event, or until the server says it: a cursor does not. */
	let lastSeq: number | null = null;
	let waiting: Fact[] | null = null;
	/** Rises with every new beginning, so that what belongs to an older one is recognised. */
	let epoch = 0;
	let failures = 0;
	let cancelRetry = () => {};
	const missing = createCatchUp(parts.timing, catchUp);

	function begin(from: string, isNew = false, seq: number | null = null): void {
		epoch += 1;
		cursor = from;
		lastSeq = isNew ? 0 : seq;
		failures = 0;
		cancelRetry();
		missing.forget();
		if (isNew) {
			waiting = null;
			parts.replace(noFacts);
			parts.loading("ready", null);
			return;
		}
		waiting = [];
		void load(epoch);
	}

	async function load(mine: number): Promise<void> {
		cancelRetry();
		parts.loading("loading", null);
		const result = await parts.loadSnapshots();
		if (mine !== epoch || waiting === null) return;
		if (!result.ok) return notLoaded(mine, result.error);
		// Replaced, not merged: after a restored backup the server's versions may be lower than ours.
		parts.replace(applyAll(applyAll(noFacts, result.value), waiting));
		waiting = null;
		parts.loading("ready", null);
		parts.applied(cursor);
	}

	function notLoaded(mine: number, failure: Problem): void {
		const delay = LOAD_DELAYS[Math.min(failures, LOAD_DELAYS.length - 1)] ?? 0;
		failures += 1;
		if (isFinal(failure)) {
			parts.loading("refused", failure);
			return;
		}
		const wait = Math.max(delay, failure.retryAfter ?? 0);
		cancelRetry = parts.timing.after(wait, () => void load(mine));
		parts.loading("loading", failure);
	}

	function take(told: readonly Fact[]): void {
		waiting?.push(...told);
		parts.replace(applyAll(parts.facts(), told));
	}

	function receive(batch: EventBatch): void {
		if (batch.reset) {
			parts.log("stream", "began anew: the snapshots are loaded again");
			begin(batch.cursor);
			return;
		}
		const fresh = freshOf(batch);
		const last = fresh.at(-1);
		if (!last) return;
		if (hasHole(fresh)) {
			parts.log("stream", `a hole before ${last.seq}`);
			missing.ask();
			return;
		}
		parts.log("stream", fresh.map(({ seq, type }) => `${seq} ${type}`).join(", "));
		lastSeq = last.seq;
		cursor = batch.cursor;
		take(fresh);
		if (!waiting) parts.applied(cursor);
	}

	const freshOf = ({ events }: EventBatch) =>
		events.filter(({ seq }) => lastSeq === null || seq > lastSeq);

	/** The events of one batch follow each other; what can be missing lies before the first. */
	const hasHole = (fresh: readonly { seq: number }[]) =>
		lastSeq !== null && fresh[0] !== undefined && fresh[0].seq !== lastSeq + 1;

	async function catchUp(): Promise<Result<boolean>> {
		const mine = epoch;
		const result = await parts.catchUp(cursor);
		if (!result.ok) return result;
		if (mine !== epoch) return done(false);
		// What the server itself cannot give without a hole is not to be had as events any more.
		const fresh = freshOf(result.value);
		if (hasHole(fresh)) begin(result.value.cursor, false, fresh.at(-1)?.seq ?? null);
		else receive(result.value);
		return done(mine === epoch && fresh.length >= MANY);
	}

	return {
		cursor: () => cursor,
		begin: (from, isNew) => begin(from, isNew),
		receive,
		learn: take,
		standsBehind(seq, where) {
			if (lastSeq === null && where === cursor) lastSeq = seq;
		},
		overhear(batch) {
			if (batch.reset || lastSeq !== null) receive(batch);
			// Whether it follows is not to be seen yet; what the server gives after our own cursor does.
			else if (batch.events.length > 0) missing.ask();
		},
		catchUp: missing.ask,
		noticeHead(head) {
			if (lastSeq !== null && head !== lastSeq) missing.ask();
		},
		retry() {
			if (waiting && failures > 0) void load(epoch);
			missing.retry();
		},
		end() {
			epoch += 1;
			waiting = null;
			lastSeq = null;
			cursor = BEGINNING;
			cancelRetry();
			missing.forget();
		},
	};
}
