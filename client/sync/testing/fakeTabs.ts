/** A browser with tabs that a test opens, hides, freezes, kills and puts away, over a server that numbers events. */
import type { EphemeralFrame, ToldFrame } from "../../net/frames";
import { message, ROOM } from "../../net/testing/samples";
import { deviceTiming, type Timing } from "../../net/timing";
import type { EventBatch, StreamEvent } from "../../net/types";
import type { Carrier } from "../carrier";
import type { Channel, TabMessage } from "../channel";
import { type ConnectionStatus, notConnected } from "../connectionStatus";
import { type Facts, noFacts } from "../facts";
import { createLeader } from "../leader";
import type { Leader, Line, Locks } from "../leaderParts";
import { createStream, type FollowingStream } from "../stream";

const CONNECTS_AFTER = 10;
/** A socket that was not measured yet. */
export const connected: ConnectionStatus = {
	...notConnected,
	isConnected: true,
	quality: "good",
	health: "HEALTHY",
	connectionType: "websocket",
};
const MESSAGE_TAKES = 1;

interface Waiter {
	tab: FakeTab;
	granted(): void;
}

export class FakeBrowser {
	/** All that were ever opened. */
	readonly tabs: FakeTab[] = [];
	/** What happens to whoever wants a lock or a channel. */
	locks: "work" | "refuse" | "throw" | "missing" | "given to all" = "work";
	channels: "work" | "throw" | "mute" | "missing" = "work";
	isOnline = true;
	/** The newest event at the server. */
	head = 0;
	/** How many messages the tabs have sent each other. */
	said = 0;
	readonly ears = new Set<{ name: string; tab: FakeTab; hear(data: unknown): void }>();
	private readonly queues = new Map<string, Waiter[]>();

	open(isSeen = true, person = "u-budi"): FakeTab {
		const tab = new FakeTab(this, `tab-${this.tabs.length}`, isSeen, person);
		this.tabs.push(tab);
		tab.enter(person);
		return tab;
	}

	/** Tabs that would show an event that the server has now. */
	carrying = () => this.tabs.filter((tab) => tab.isLive);

	happens(): void {
		this.head += 1;
		for (const tab of this.tabs) tab.bring(this.after(this.head - 1));
	}

	after(seq: number): EventBatch {
		const seqs = Array.from({ length: this.head - seq }, (_, at) => seq + at + 1);
		const events = seqs.map(
			(one): StreamEvent => ({ seq: one, type: "message.created", data: message(one), at: "" }),
		);
		return { events, cursor: `c${this.head}`, reset: false };
	}

	say(name: string, data: TabMessage, from?: FakeTab): void {
		this.said += 1;
		for (const ear of this.ears) {
			if (ear.name !== name || ear.tab === from) continue;
			const told = structuredClone(data);
			const arrive = () => ear.tab.run(() => this.ears.has(ear) && ear.hear(told));
			setTimeout(arrive, MESSAGE_TAKES);
		}
	}

	lock(name: string, waiter: Waiter): () => void {
		const queue = this.queues.get(name) ?? [];
		this.queues.set(name, queue);
		queue.push(waiter);
		if (queue.length === 1) this.grant(queue);
		return () => {
			const at = queue.indexOf(waiter);
			if (at < 0) return;
			queue.splice(at, 1);
			if (at === 0) this.grant(queue);
		};
	}

	private grant([next]: Waiter[]): void {
		if (next) setTimeout(() => next.tab.run(() => next.granted()), MESSAGE_TAKES);
	}
}

export class FakeTab {
	status: ConnectionStatus = notConnected;
	facts: Facts = noFacts;
	isRunning = false;
	starts = 0;
	wakes = 0;
	acks: string[] = [];
	/** What it told the server, and what came of others. */
	told: ToldFrame[] = [];
	frames: EphemeralFrame[] = [];
	catchUps = 0;
	signedOut = 0;
	isGone = false;
	isSeen: boolean;
	readonly id: string;
	private person: string;
	private readonly browser: FakeBrowser;
	readonly leader: Leader;
	readonly stream: FollowingStream;
	private line: Line | null = null;
	private own: ConnectionStatus = notConnected;
	private isFrozen = false;
	private held: (() => void)[] = [];
	private beganAt = 0;
	private readonly givesBack = new Set<() => void>();
	private readonly timing: Timing = {
		...deviceTiming,
		after: (delay, act) => deviceTiming.after(delay, () => this.run(act)),
	};

	constructor(browser: FakeBrowser, id: string, isSeen: boolean, person: string) {
		this.browser = browser;
		this.id = id;
		this.isSeen = isSeen;
		this.person = person;
		this.stream = createStream({
			timing: this.timing,
			log: () => {},
			loadSnapshots: async () => ({ ok: true, value: [] }),
			catchUp: async (cursor) => {
				this.catchUps += 1;
				return { ok: true, value: browser.after(Number(cursor.slice(1))) };
			},
			facts: () => this.facts,
			replace: (facts) => {
				this.facts = facts;
			},
			loading: () => {},
			applied: (cursor) => this.leader.ack(cursor),
		});
		this.leader = createLeader(
			{
				id,
				person: () => this.person,
				isSeen: () => this.isSeen,
				timing: this.timing,
				log: () => {},
				stream: this.stream,
				locks: browser.locks === "missing" ? null : this.locks(),
				open: browser.channels === "missing" ? null : (name, hear) => this.channel(name, hear),
				status: (status) => {
					this.status = status;
				},
				therapistStatus: () => {},
				ephemeral: (frame) => this.frames.push(frame),
				signedOut: () => {
					this.signedOut += 1;
				},
				outdated: () => {},
			},
			(line) => this.carrier(line),
		);
	}

	/** Whether an event at the server reaches this tab through a carrier of its own. */
	get isLive(): boolean {
		return this.isRunning && this.own.isConnected && !this.isFrozen && !this.isGone;
	}

	/** The numbers of the events since it began that are in its state. */
	get seen(): number[] {
		return this.facts.messages.get(ROOM)?.map(({ seq }) => seq) ?? [];
	}

	/** The numbers that should be. */
	get due(): number[] {
		return this.browser.after(this.beganAt).events.map(({ seq }) => seq);
	}

	/** Signs this tab in. */
	enter(person: string): void {
		this.person = person;
		this.beganAt = this.browser.head;
		this.stream.begin(`c${this.beganAt}`);
		this.leader.start(true);
	}

	leave(): void {
		this.stream.end();
		this.leader.stop();
	}

	/** Runs now, or when it is awake again. */
	run(act: () => void): void {
		if (this.isGone) return;
		if (this.isFrozen) this.held.push(act);
		else act();
	}

	freeze(): void {
		this.isFrozen = true;
	}

	thaw(): void {
		this.isFrozen = false;
		for (const act of this.held.splice(0)) this.run(act);
	}

	show(isSeen: boolean): void {
		this.isSeen = isSeen;
		this.leader.look();
		if (isSeen) this.leader.wake();
	}

	/** Closed or crashed: it says nothing more, and the browser takes back what it had. */
	kill(): void {
		this.isGone = true;
		for (const giveBack of this.givesBack) giveBack();
	}

	bring(batch: EventBatch): void {
		if (this.isRunning && this.own.isConnected) {
			this.run(() => this.line?.stream.receive(batch));
		}
	}

	/** The server says something on this tab's line. */
	hear(frame: EphemeralFrame): void {
		this.line?.ephemeral(frame);
	}

	/** The server ends the session on this tab's line. */
	endSession(): void {
		this.line?.signedOut();
	}

	/** The network of this tab's line comes or goes. */
	connect(isConnected: boolean): void {
		this.own = isConnected ? connected : notConnected;
		if (isConnected) this.line?.stream.receive(this.browser.after(Number(this.cursor)));
		this.line?.status(this.own);
	}

	private get cursor(): string {
		return this.stream.cursor().slice(1);
	}

	private carrier(line: Line): Carrier {
		this.line = line;
		const stop = () => {
			this.isRunning = false;
			this.own = notConnected;
			line.status(notConnected);
		};
		return {
			start: () => {
				stop();
				this.isRunning = true;
				this.starts += 1;
				const mine = this.starts;
				this.timing.after(CONNECTS_AFTER, () => {
					if (mine === this.starts && this.isRunning && this.browser.isOnline) this.connect(true);
				});
			},
			stop,
			sense: (sign) => {
				if (this.isRunning && sign === "woke") this.wakes += 1;
			},
			wake: () => {
				this.wakes += 1;
			},
			offline: () => {},
			ack: (cursor) => this.acks.push(cursor),
			tell: (frame) => this.told.push(frame),
		};
	}

	private locks(): Locks {
		return {
			hold: (name, on) => {
				if (this.browser.locks === "throw") throw new DOMException("no", "SecurityError");
				if (this.browser.locks === "refuse") {
					this.timing.after(MESSAGE_TAKES, () => on.refused());
					return () => {};
				}
				if (this.browser.locks === "given to all") {
					this.timing.after(MESSAGE_TAKES, () => on.granted());
					return () => {};
				}
				const giveBack = this.browser.lock(name, { tab: this, granted: () => on.granted() });
				this.givesBack.add(giveBack);
				return giveBack;
			},
		};
	}

	private channel(name: string, hear: (data: unknown) => void): Channel {
		if (this.browser.channels === "throw") throw new DOMException("no", "SecurityError");
		const ear = { name, tab: this, hear };
		this.browser.ears.add(ear);
		const close = () => this.browser.ears.delete(ear);
		this.givesBack.add(close);
		return {
			say: (data) => {
				if (this.browser.channels === "mute") throw new DOMException("no", "DataCloneError");
				this.browser.say(name, data, this);
			},
			close,
		};
	}
}
