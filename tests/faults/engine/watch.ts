/** What must hold at every moment of a page's life, looked at with every change of what a chat shows. */
import type { Line } from "./page.ts";

/** Looks at one chat on one page. */
export class ChatWatch {
	private before: readonly Line[] = [];
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

	/** What a page has shown it goes on showing. */
	private noneGone(lines: readonly Line[]): void {
		const keys = new Set(lines.map(({ key }) => key));
		const gone = this.before.filter(({ key }) => !keys.has(key));
		if (gone.length > 0) {
			const { length } = this.before;
			const [one] = gone;
			const last = lines.findLast(({ seq }) => seq !== null)?.seq;
			const which = `${one?.own ? "an own one" : "one"} with number ${one?.seq}, before ${last}`;
			this.fault(
				`${this.where}: ${gone.length} of ${length} messages went from the screen (${which})`,
			);
		}
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
