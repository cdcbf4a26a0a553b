import { beforeEach, describe, expect, it } from "vitest";
import { done, type Result } from "../net/problem";
import { conversation, message, ROOM } from "../net/testing/samples";
import { seeded } from "../net/testing/seeded";
import type { Message, StreamEvent } from "../net/types";
import type { Fact } from "../sync/apply";
import { noFacts } from "../sync/facts";
import { shownRun } from "../sync/history";
import { createStream } from "../sync/stream";
import { confirmLastKnown, facts, servedFacts, setFacts, setLastKnown } from "./facts";

const WALKS = 150;
const STEPS = 80;
const PAGE = 50;
const ACTS = [
	"write",
	"ask",
	"answer",
	"list",
	"remember",
	"hear",
	"scroll",
	"send",
	"resend",
] as const;

/** One page that opens one chat, on a network that answers in whatever order, while the chat goes on. */
class Walk {
	readonly told: string[] = [];
	readonly faults: string[] = [];
	private readonly random: () => number;
	private readonly kept: readonly Message[];
	private isRemembered = false;
	/** What the server has. One event came with each message. */
	private all: Message[] = [];
	private heard: number;
	private isReady = false;
	private isToAsk = true;
	private isTaking = false;
	private newest: readonly Message[] | null = null;
	private older: readonly Message[] | null = null;
	private answerLists: (() => void) | null = null;
	private before: readonly number[] = [];

	private readonly stream = createStream({
		timing: { now: () => 0, elapsed: () => 0, after: () => () => {}, random: () => 0 },
		log() {},
		loadSnapshots: () => this.askLists(),
		catchUp: async () => done({ events: [], cursor: String(this.heard), reset: false }),
		facts: () => servedFacts.peek(),
		replace: (next) => {
			setFacts(next);
			this.look("learned");
		},
		loading: (state) => state === "ready" && this.confirm(),
		applied() {},
	});

	constructor(seed: number) {
		this.random = seeded(seed);
		this.write(this.upTo(400));
		const end = Math.max(0, this.all.length - this.upTo(80));
		this.kept = this.all.slice(Math.max(0, end - PAGE), end);
		this.heard = this.all.length;
		this.stream.begin(String(this.heard));
		if (this.random() < 0.7) this.stream.standsBehind(this.heard, String(this.heard));
	}

	async step(): Promise<void> {
		const act = ACTS[Math.floor(this.random() * ACTS.length)] ?? "write";
		await this[act]();
		this.look(act);
		const numbers = this.shown();
		this.told.push(`${act}: ${numbers[0]} to ${numbers.at(-1)}, ${numbers.length} shown`);
	}

	/** All that is on its way arrives, and the reader scrolls up to the first message. */
	async end(): Promise<void> {
		for (let round = 0; round < 30; round++) {
			for (const act of ["ask", "answer", "list", "hear", "scroll"] as const) await this[act]();
		}
		const numbers = this.shown();
		const isWhole =
			numbers.length === this.all.length && numbers.every((seq, at) => seq === at + 1);
		if (!isWhole) this.faults.push(`at the end ${numbers.length} of ${this.all.length} are shown`);
	}

	private upTo = (most: number) => Math.floor(this.random() * (most + 1));

	write(count = this.upTo(70)): void {
		for (let more = 0; more < count; more++) this.all.push(message(this.all.length + 1));
	}

	ask(): void {
		if (!this.isToAsk) return;
		this.isToAsk = false;
		this.newest = this.all.slice(-PAGE);
	}

	answer(): void {
		if (!this.newest) return;
		const data = { conversationId: ROOM, items: this.newest };
		this.newest = null;
		this.isTaking = true;
		this.stream.learn([{ type: "newest", data }]);
		this.isTaking = false;
		// From here on the chat stands; until here what was kept may have been too old to go on from.
		if (!this.isReady) this.before = [];
		this.isReady = true;
	}

	private askLists(): Promise<Result<readonly Fact[]>> {
		const data = conversation({ lastMessage: this.all.at(-1) ?? null });
		return new Promise((answer) => {
			this.answerLists = () => answer(done([{ type: "conversation", data }]));
		});
	}

	async list(): Promise<void> {
		this.answerLists?.();
		for (let turn = 0; turn < 8; turn++) await Promise.resolve();
	}

	private confirm(): void {
		this.answerLists = null;
		confirmLastKnown();
		// As a chat does: what was loaded page by page is asked for again.
		if (this.newest === null) this.isToAsk = true;
	}

	/** The device has read what it kept, which counts only before the server has told everything. */
	remember(): void {
		if (!this.answerLists || this.kept.length === 0) return;
		this.isRemembered = true;
		const heads = new Map([[ROOM, this.kept.at(-1)?.seq ?? 0]]);
		const messages = new Map([[ROOM, this.kept]]);
		setLastKnown({ facts: { ...noFacts, messages, heads }, asOf: 1 });
	}

	hear(): void {
		const next = this.all.slice(this.heard, this.heard + 1 + this.upTo(60));
		this.heard += next.length;
		const events = next.map(
			(data): StreamEvent => ({ type: "message.created", seq: data.seq, at: data.createdAt, data }),
		);
		this.stream.receive({ events, cursor: String(this.heard), reset: false });
	}

	/** Asks for the page above what is shown, or has it answered. */
	scroll(): void {
		const first = this.shown()[0] ?? 1;
		if (this.older) this.stream.learn(this.older.map((data) => ({ type: "message", data })));
		const isAsked = this.older === null && this.isReady && first > 1;
		this.older = isAsked ? this.all.slice(Math.max(0, first - 1 - PAGE), first - 1) : null;
	}

	/** An own message is answered, ahead of the stream. */
	send(): void {
		this.write(1);
		this.resend(this.all.length);
	}

	/** An own message whose answer was lost is sent again, and has had its number all the time. */
	resend(seq = 1 + this.upTo(this.all.length - 1)): void {
		const data = this.all[seq - 1];
		if (data) this.stream.learn([{ type: "message", data }]);
	}

	private shown(): number[] {
		const known = facts.peek();
		const head = known.heads.get(ROOM) ?? Number.POSITIVE_INFINITY;
		return shownRun(known.messages.get(ROOM) ?? [], head).map(({ seq }) => seq);
	}

	/** Whatever stands stays; before the newest page is here, that is what the device had kept. */
	private look(when: string): void {
		if (this.isTaking && !this.isReady) return;
		const numbers = this.shown();
		const there = new Set(numbers);
		const isKept = (seq: number) =>
			this.isRemembered && this.kept.some((known) => known.seq === seq);
		const lost = this.before.filter((seq) => !there.has(seq) && (this.isReady || isKept(seq)));
		if (lost.length > 0) this.faults.push(`${when}: ${lost[0]} to ${lost.at(-1)} went`);
		if (there.size < numbers.length) this.faults.push(`${when}: one is shown twice`);
		if (numbers.some((seq, at) => seq <= (numbers[at - 1] ?? 0)))
			this.faults.push(`${when}: misordered`);
		this.before = numbers;
	}
}

beforeEach(() => {
	setLastKnown(null);
	setFacts(noFacts);
});

describe("a chat whose page, lists, events and own answers come in any order, over what the device kept", () => {
	it("shows nothing that goes away again, and everything in the end", async () => {
		for (let seed = 1; seed <= WALKS; seed++) {
			setLastKnown(null);
			setFacts(noFacts);
			const walk = new Walk(seed);
			for (let step = 0; step < STEPS; step++) await walk.step();
			await walk.end();
			expect(walk.faults, `seed ${seed}\n${walk.told.join("\n")}`).toEqual([]);
		}
	});
});
