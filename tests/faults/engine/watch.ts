/** What must hold at every moment of a page's life, looked at with every change of what a chat shows. */
import type { Line } from "./page.ts";

/** Looks at one chat on one page. */
export class ChatWatch {
	private before: readonly Line[] = [];
	/** Own messages without a number that went, and the first number on the screen then. */
	private readonly moved = new Map<string, number>();
	private readonly where: string;
	private readonly fault: (sentence: string) => void;

	constructor(where: string, fault: (sentence: string) => void) {
		this.where = where;
		this.fault = fault;
	}

	look(lines: readonly Line[]): void {
		this.noneTwice(lines);
		this.inOrder(lines);
		this.noneGone(lines);
		this.before = lines;
	}

	private noneTwice(lines: readonly Line[]): void {
		const keys = lines.map(({ key }) => key);
		if (new Set(keys).size < keys.length) this.fault(`${this.where}: a message is shown twice`);
	}

	/** By number without a hole, and what has none yet at the end. */
	private inOrder(lines: readonly Line[]): void {
		const numbers = lines.map(({ seq }) => seq);
		numbers.forEach((seq, at) => {
			const last = numbers[at - 1];
			if (at === 0 || last === undefined) return;
			if (seq === null) return;
			if (last === null || seq <= last) {
				this.fault(
					`${this.where}: message ${seq} is shown behind ${last ?? "one that is not sent"}`,
				);
			}
		});
	}

	/**
	 * What a page has shown it goes on showing. One exception: the server had an own message all the time and its answer
	 * was lost, so that its place is above what this page has loaded. It must turn up there and nowhere else.
	 */
	private noneGone(lines: readonly Line[]): void {
		const shown = new Map(lines.map((line) => [line.key, line]));
		const first = lines.find(({ seq }) => seq !== null)?.seq ?? Number.POSITIVE_INFINITY;
		for (const [key, above] of this.moved) this.noneElsewhere(shown.get(key), above);
		const gone = this.before.filter(({ key }) => !shown.has(key));
		for (const { key, seq, own } of gone) {
			if (seq === null && own) this.moved.set(key, first);
			else this.fault(`${this.where}: message ${seq} went from the screen`);
		}
	}

	private noneElsewhere(line: Line | undefined, above: number): void {
		if (!line) return;
		this.moved.delete(line.key);
		if (line.seq === null || line.seq >= above) {
			this.fault(`${this.where}: message ${line.seq} went from the screen and came back`);
		}
	}

	/** When everything is loaded nothing may still be away. */
	end(): void {
		if (this.moved.size > 0) this.fault(`${this.where}: own messages went and are nowhere`);
	}
}

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
