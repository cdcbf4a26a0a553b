/**
 * Devices with the shipped engine on a bad network. Reads a plan as JSON from standard input, writes one journal for
 * each device (the lines of tests/support/history.py), and prints a line when all was sent and one, JSON, with what
 * went wrong.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { seeded } from "../../../client/net/testing/seeded.ts";
import type { Line, Page } from "./page.ts";
import { ChatWatch, type MovedUp, overlooked, StreamWatch } from "./watch.ts";
import { Device, latestTimer } from "./world.ts";

interface Plan {
	url: string;
	bundle: string;
	journals: string;
	seed: number;
	/** After how many seconds in which nothing arrives anywhere it is over. */
	patience: number;
	/** How often a page is killed and loaded again: the share of the messages after which it is. */
	kills: number;
	/** The longest time between two taps of one person, in milliseconds. */
	gap: number;
	devices: { name: string; cookie: string; rooms: string[]; messages: number }[];
}

const WORDS = [
	"towel",
	"oil",
	"garden",
	"gate",
	"music",
	"warm",
	"quiet",
	"candle",
	"tea",
	"later",
];
const LOOK_AGAIN = 50;
/** Lines of the engine's log that are told with a fault, and characters of each. */
const HEARD = 25;
const LONGEST = 200;
/** Says to the other end that all taps are done: from then on the weather must be fine. */
const ALL_SENT = "all sent";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

class Actor {
	readonly faults: string[] = [];
	private readonly device: Device;
	private readonly stream: StreamWatch;
	private readonly shown = new Map<string, readonly Line[]>();
	private watches: ChatWatch[] = [];
	private readonly moved: ReadonlyMap<string, MovedUp>;
	private readonly sent: { key: string; room: string }[] = [];
	private readonly plan: Plan;
	private readonly who: Plan["devices"][number];
	private readonly random: () => number;
	private page: Page;
	/** What the engine logged last: a fault is told with it. */
	private heard: string[] = [];
	private readonly fault: (sentence: string) => void;

	constructor(plan: Plan, who: Plan["devices"][number], script: Script, random: () => number) {
		this.plan = plan;
		this.who = who;
		this.random = random;
		this.moved = new Map(who.rooms.map((room) => [room, new Map()]));
		this.fault = (sentence) =>
			this.faults.push([sentence, ...this.heard.slice(-HEARD)].join("\n    "));
		this.stream = new StreamWatch(who.name, this.fault);
		const hear = (line: string) => {
			this.heard = [...this.heard.slice(1 - HEARD), line.slice(0, LONGEST)];
			this.stream.hear(line);
		};
		this.device = new Device({ url: plan.url, cookie: who.cookie, script, hear });
		this.page = this.load();
	}

	/** Sends all its messages; at random moments the page dies and is loaded again. */
	async work(): Promise<void> {
		for (let number = 0; number < this.who.messages; number++) {
			await pause(this.random() * this.plan.gap);
			while (!this.page.isReady()) await pause(LOOK_AGAIN);
			this.say();
			if (this.random() < this.plan.kills) this.reload();
		}
	}

	isDone(counts: ReadonlyMap<string, number>): boolean {
		return (
			this.page.unsent() === 0 &&
			this.who.rooms.every((room) => this.numbered(room).length === counts.get(room))
		);
	}

	/** How many messages it has sent into each room. */
	count(counts: Map<string, number>): void {
		for (const { room } of this.sent) counts.set(room, (counts.get(room) ?? 0) + 1);
	}

	/** What is still on its way out, and what has arrived. */
	progress(): string {
		const shown = this.who.rooms.map((room) => this.numbered(room).length);
		return [this.page.unsent(), ...shown].join();
	}

	state(): string {
		const rooms = this.who.rooms.map((room) => `${this.numbered(room).length} shown in ${room}`);
		return `${this.who.name}: ${this.page.unsent()} unsent, ${rooms.join(", ")}; ${this.page.status()}`;
	}

	end(isSettled: boolean): void {
		if (isSettled) for (const watch of this.watches) watch.end();
		this.device.kill();
		this.write();
	}

	/** What the watches overlook of damage done to what it shows in its first chat. */
	overlooks(): string[] {
		return overlooked(this.numbered(this.who.rooms[0] ?? ""), this.random());
	}

	private load(): Page {
		this.stream.begin();
		const page = this.device.open();
		this.watches = [];
		for (const room of this.who.rooms) {
			const watch = new ChatWatch(`${this.who.name} in ${room}`, this.fault, this.moved.get(room));
			this.watches.push(watch);
			page.watch(room, (lines) => {
				watch.look(lines);
				this.shown.set(room, lines);
			});
		}
		return page;
	}

	private reload(): void {
		this.device.kill();
		this.page = this.load();
	}

	private say(): void {
		const { rooms } = this.who;
		const room = rooms[Math.floor(this.random() * rooms.length)] ?? "";
		const word = () => WORDS[Math.floor(this.random() * WORDS.length)];
		const key = this.page.send(room, `${word()} and ${word()}`);
		if (key === null) throw new Error("a text with words in it was not taken");
		this.sent.push({ key, room });
		this.journal("sent", { key });
	}

	private numbered(room: string): readonly Line[] {
		return (this.shown.get(room) ?? []).filter(({ seq }) => seq !== null);
	}

	/** What it knows at the end. An own message with a number was acknowledged: only the server gives numbers. */
	private write(): void {
		let seq = 0;
		const own = new Set(this.sent.map(({ key }) => key));
		for (const room of this.who.rooms) {
			this.journal("follows", { room });
			for (const line of this.numbered(room)) {
				seq += 1;
				const thing = `${room} ${line.seq}`;
				if (line.own && own.has(line.key)) {
					this.journal("acknowledged", { key: line.key, thing, room });
				}
				this.journal("received", { seq, thing, key: line.key, room, place: line.seq });
			}
		}
		this.ownOrder();
	}

	/** What one device sent into a room stands there in the order of its taps. */
	private ownOrder(): void {
		for (const room of this.who.rooms) {
			const mine = this.sent.filter((sent) => sent.room === room).map(({ key }) => key);
			const own = new Set(mine);
			const there = this.numbered(room).filter(({ key }) => own.has(key));
			const at = there.findIndex(({ key }, place) => key !== mine[place]);
			if (at < 0) continue;
			const early = there[at];
			const place = mine.indexOf(early?.key ?? "");
			this.faults.push(
				`${this.who.name}: its messages in ${room} are not in the order of its taps (tap ${place} has number ${early?.seq} and stands where tap ${at} should)`,
			);
		}
	}

	private journal(kind: string, facts: object): void {
		const path = join(this.plan.journals, `${this.who.name}.jsonl`);
		appendFileSync(path, `${JSON.stringify([kind, facts])}\n`);
	}
}

async function settled(plan: Plan, actors: readonly Actor[]): Promise<boolean> {
	const counts = new Map<string, number>();
	for (const actor of actors) actor.count(counts);
	let state = "";
	let deadline = 0;
	do {
		if (actors.every((actor) => actor.isDone(counts))) return true;
		const now = actors.map((actor) => actor.progress()).join();
		if (now !== state) deadline = Date.now() + plan.patience * 1000;
		state = now;
		await pause(LOOK_AGAIN);
	} while (Date.now() < deadline);
	return false;
}

const plan = JSON.parse(readFileSync(0, "utf8")) as Plan;
const script = new Script(readFileSync(plan.bundle, "utf8"), { filename: "engine.js" });
const actors = plan.devices.map(
	(who, at) => new Actor(plan, who, script, seeded(plan.seed * 1000 + at)),
);
await Promise.all(actors.map((actor) => actor.work()));
process.stdout.write(`${ALL_SENT}\n`);
const isSettled = await settled(plan, actors);
const states = isSettled ? [] : actors.map((actor) => actor.state());
for (const actor of actors) actor.end(isSettled);
const faults = actors.flatMap((actor) => actor.faults);
const missed = [...new Set(actors.flatMap((actor) => actor.overlooks()))];
process.stderr.write(`the latest timer came ${Math.round(latestTimer())} ms late\n`);
process.stdout.write(JSON.stringify({ isSettled, states, faults, overlooked: missed }));
process.exit(0);
