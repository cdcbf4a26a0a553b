/** R17: one text that somebody writes, held against the contact filter without ever delaying a key. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { fetchGuard, guard, isQuick } from "./contactGuard";
import { timing } from "./engine";
import { cleaned } from "./freeText";
import { whenIdle } from "./idle";

/** Why a text would be refused, by the filter of this page or by the server. */
export interface Warning {
	/** What was looked at: the text as the server would store it. */
	text: string;
	/** `PHONE`, `CARD`, `BANK`, … or null where the server did not say. */
	code: string | null;
	/** The characters to mark in `text`, as [start, end) pairs; an emoji is one. */
	spans: readonly (readonly [start: number, end: number])[];
}

/** How long after the last key a text is looked at, in milliseconds. */
export const PAUSE = 250;

const nothingSaid = () => [];

export class ContactWatch {
	/** What is wrong with the text that was looked at last. */
	readonly warning: ReadonlySignal<Warning | null>;
	private readonly found = signal<Warning | null>(null);
	private readonly recent: () => readonly string[];
	private text = "";
	/** The warning is the server's: it stands for this very text, whatever the filter here thinks of it. */
	private isServers = false;
	private isWaiting = false;
	private cancel = () => {};

	/** `recent`: what the same person said in this conversation just before, oldest first. */
	constructor(recent: () => readonly string[] = nothingSaid) {
		this.recent = recent;
		this.warning = this.found;
	}

	/** The text as it is now. `isPasted`: it is looked at without waiting for a pause. */
	typed(text: string, isPasted = false): void {
		if (text === this.text) return;
		this.text = text;
		this.cancel();
		if (this.isServers) this.show(null);
		if (cleaned(text) === "") {
			this.clear();
			return;
		}
		if (!isQuick()) this.awaitGuard();
		if (isPasted) this.lookWhenIdle();
		else this.cancel = timing.after(PAUSE, () => this.lookWhenIdle());
	}

	/** Looks at the text now; what is wrong with it, or null, also where the filter is not here. */
	look(text: string): Warning | null {
		this.cancel();
		this.text = text;
		const written = cleaned(text);
		const known = this.found.peek();
		const judge = guard();
		if (known?.text === written && (this.isServers || !judge)) return known;
		if (!judge) return null;
		const { blocked, code, spans } = judge(written, this.recent());
		return this.show(blocked ? { text: written, code, spans } : null);
	}

	/** The server has refused `text`. */
	refused(text: string, code: string | null, spans: Warning["spans"]): void {
		this.cancel();
		this.text = text;
		this.show({ text: cleaned(text), code, spans }, true);
	}

	/** Whether what it says is about this text, or one that was just typed into it. */
	isAbout = (text: string): boolean => text === this.text;

	private show(warning: Warning | null, isServers = false): Warning | null {
		this.isServers = isServers;
		this.found.value = warning;
		return warning;
	}

	/** There is nothing to look at any more. */
	clear(): void {
		this.cancel();
		this.text = "";
		this.show(null);
	}

	private lookWhenIdle(): void {
		// Whatever is the text by then is looked at, and nothing that was typed on the way to it.
		this.cancel = whenIdle(() => {
			if (isQuick()) this.look(this.text);
		});
	}

	/** Asks for the filter in a pause, because beginning to fetch it takes a part of the time that a key may wait. */
	private awaitGuard(): void {
		if (this.isWaiting) return;
		this.isWaiting = true;
		whenIdle(() => void fetchGuard().then(() => this.guardCame()));
	}

	/** What stands there by now is looked at. */
	private guardCame(): void {
		this.isWaiting = false;
		if (this.text === "" || !isQuick()) return;
		this.cancel();
		this.lookWhenIdle();
	}
}
