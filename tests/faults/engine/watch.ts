/** What must hold at every moment of a page's life, looked at with every change of what a chat shows. */
import type { Line } from "./page.ts";

/**
 * Own messages that went up beyond what their page had loaded: by key, the first number on the screen then. Of one chat
 * on one device, over all its pages, since a page may die before it has loaded so far.
 */
export type MovedUp = Map<string, number>;

/** Looks at one chat on one page. */
export class ChatWatch {
	private before: readonly Line[] = [];
	/** Those of them that went on this very page. */
	private readonly gone = new Set<string>();
	private readonly fault: (sentence: string) => void;
	private readonly moved: MovedUp;
	/** Own ones that wait, each with one that waited behind it and is at the server by now. */
	private readonly overtaken: [string, string][] = [];

	constructor(where: string, fault: (sentence: string) => void, moved: MovedUp = new Map()) {
		this.moved = moved;
		this.fault = (sentence) => fault(`${where}: ${sentence}`);
	}

	look(lines: readonly Line[]): void {
		this.noneTwice(lines);
		this.inOrder(lines);
		this.noneGone(lines);
		this.noneBack(lines);
		this.noneOvertaken(lines);
		this.before = lines;
	}

	private noneTwice(lines: readonly Line[]): void {
		const keys = lines.map(({ key }) => key);
		if (new Set(keys).size < keys.length) this.fault("a message is shown twice");
	}

	/**
	 * By number, and what has none yet at the end. One may be missing for a moment: the answer to an own message, and the
	 * newest message that a list of chats brings, may be ahead of the stream. `end` looks whether it has come.
	 */
	private inOrder(lines: readonly Line[]): void {
		for (const [at, { seq }] of lines.entries()) {
			const last = lines[at - 1]?.seq;
			if (last === undefined || seq === null) continue;
			if (last === null || seq <= last) {
				this.fault(`message ${seq} is shown behind ${last ?? "one that is not sent"}`);
			}
		}
	}

	/** The stream has brought everything: below nothing that is shown may one be missing. */
	private noneMissing(): void {
		const numbers = this.before.flatMap(({ seq }) => seq ?? []);
		for (const [at, seq] of numbers.entries()) {
			const last = numbers[at - 1] ?? seq - 1;
			if (seq > last + 1)
				this.fault(`message ${seq} stands behind ${last}, with a hole between them`);
		}
	}

	/**
	 * What a page has shown it goes on showing. One exception: the server had an own message all the time and its answer
	 * was lost, so that its place is above what this page has loaded. It must turn up there and nowhere else, as soon as
	 * so much is loaded, on this page or on the next.
	 */
	private noneGone(lines: readonly Line[]): void {
		const shown = new Map(lines.map((line) => [line.key, line]));
		const first = lines.find(({ seq }) => seq !== null)?.seq ?? 1;
		const lost = this.before.filter(({ key }) => !shown.has(key));
		const isMovingUp = ({ seq, own }: Line) => seq === null && own && first > 1;
		for (const { key } of lost.filter(isMovingUp)) {
			this.gone.add(key);
			this.moved.set(key, first);
		}
		const faults = lost.filter((line) => !isMovingUp(line));
		if (faults.length > 0) {
			const [what, there] = [faults, lines].map(ranges);
			this.fault(`${what} went from the screen, ${there} stayed or came`);
		}
		for (const [key, above] of this.moved) this.noneElsewhere(key, shown.get(key), above);
		if (first <= 1 && lines.length > 0) this.noneAway();
	}

	private noneElsewhere(key: string, line: Line | undefined, above: number): void {
		if (!line) return;
		// A page that died before it was done with one begins with it again.
		if (line.seq === null && !this.gone.has(key)) return;
		this.moved.delete(key);
		if (line.seq === null || line.seq >= above) {
			this.fault(`message ${line.seq} went from the screen and came back`);
		}
	}

	/** All is loaded: what is away still is nowhere. */
	private noneAway(): void {
		for (const key of this.gone) {
			if (this.moved.delete(key)) this.fault("an own message went and is nowhere");
		}
	}

	/** A number is for ever. */
	private noneBack(lines: readonly Line[]): void {
		const now = new Map(lines.map(({ key, seq }) => [key, seq]));
		for (const { key, seq } of this.before) {
			const next = now.get(key);
			if (seq !== null && next !== undefined && next !== seq) {
				this.fault(`message ${seq} became ${next ?? "one that is not sent"}`);
			}
		}
	}

	/**
	 * What waits goes out in its order: none overtakes one that stood before it. A page that is loaded anew may hear from a
	 * list that the newest one is at the server, before it hears so of the one before: `end` looks whether it has.
	 */
	private noneOvertaken(lines: readonly Line[]): void {
		const at = new Map(lines.map(({ key }, place) => [key, place]));
		const waited = this.before.flatMap(({ key, seq }) => (seq === null ? (at.get(key) ?? []) : []));
		for (const [index, place] of waited.entries()) {
			for (const earlier of waited.slice(0, index)) {
				const [one, two] = [lines[earlier], lines[place]];
				if (!one || !two || earlier < place) continue;
				if (one.seq === null && two.seq !== null) this.overtaken.push([one.key, two.key]);
				else this.fault(`${said(one)} was overtaken by ${said(two)}, which waited behind it`);
			}
		}
	}

	private noneLeftBehind(): void {
		const places = new Map(this.before.map(({ key }, place) => [key, place]));
		for (const [one, two] of this.overtaken) {
			if ((places.get(one) ?? 0) > (places.get(two) ?? 0))
				this.fault(`${one} stayed behind ${two}`);
		}
	}

	/** When everything is loaded nothing may still be away, or missing. */
	end(): void {
		this.noneMissing();
		this.noneLeftBehind();
		if (this.moved.size > 0) this.fault("own messages went and are nowhere");
	}
}

/** The numbers of `lines` for a sentence, e.g. `3-9, 11, 2 not sent`. */
function ranges(lines: readonly Line[]): string {
	const numbers = lines.flatMap(({ seq }) => seq ?? []);
	const starts = numbers.filter((seq, at) => seq !== (numbers[at - 1] ?? Number.NaN) + 1);
	const ends = numbers.filter((seq, at) => seq !== (numbers[at + 1] ?? Number.NaN) - 1);
	const unsent = lines.length - numbers.length;
	return [
		...starts.map((start, at) => (ends[at] === start ? `${start}` : `${start}-${ends[at]}`)),
		...(unsent > 0 ? [`${unsent} not sent`] : []),
	].join(", ");
}

const said = ({ key, seq }: Line) => `message ${seq ?? `${key} that is not sent`}`;

/** Reads the engine's own log for the events that entered its state: each once, in order, none left out. */
export class StreamWatch {
	private last: number | null = null;
	private readonly where: string;
	private readonly fault: (sentence: string) => void;

	constructor(where: string, fault: (sentence: string) => void) {
		this.where = where;
		this.fault = fault;
	}

	/** A new page begins with snapshots, at any number. */
	begin(): void {
		this.last = null;
	}

	hear(line: string): void {
		const [, told] = line.split("[stream] ");
		if (told === undefined) return;
		if (told.startsWith("began anew")) this.begin();
		if (!/^\d/.test(told)) return;
		for (const event of told.split(", ")) this.take(Number.parseInt(event, 10));
	}

	private take(seq: number): void {
		if (this.last !== null && seq !== this.last + 1) {
			this.fault(`${this.where}: event ${seq} was taken in after ${this.last}`);
		}
		this.last = seq;
	}
}

/**
 * Which of one loss, one duplicate and one reorder the watches overlook when they are done to a screen and to a stream
 * of this very run: `lines` is what a chat shows at its end, `at` in [0, 1) where it is damaged.
 */
export function overlooked(lines: readonly Line[], at: number): string[] {
	const there = lines.filter(({ seq }) => seq !== null);
	const place = Math.floor(at * (there.length - 1));
	const [one, two] = [there[place], there[place + 1]];
	if (!one || !two) return ["everything: no screen has two messages"];
	const damages: [string, readonly Line[]][] = [
		["a loss", there.toSpliced(place, 1)],
		["a duplicate", there.toSpliced(place, 0, one)],
		["a reorder", there.toSpliced(place, 2, two, one)],
	];
	return damages.flatMap(([what, damaged]) => [
		...(isSeen(there, damaged) ? [] : [`${what}, on a screen`]),
		...(isHeard(there, damaged) ? [] : [`${what}, in a stream`]),
	]);
}

function isSeen(lines: readonly Line[], damaged: readonly Line[]): boolean {
	let isReported = false;
	const watch = new ChatWatch("", () => {
		isReported = true;
	});
	watch.look(lines);
	watch.look(damaged);
	return isReported;
}

/** The same damage done to a stream that begins and ends with one more event. */
function isHeard(lines: readonly Line[], damaged: readonly Line[]): boolean {
	let isReported = false;
	const watch = new StreamWatch("", () => {
		isReported = true;
	});
	const at = new Map(lines.map(({ key }, index) => [key, index + 1]));
	const numbers = damaged.map(({ key }) => at.get(key));
	for (const number of [0, ...numbers, lines.length + 1]) watch.hear(`[stream] ${number} event`);
	return isReported;
}
