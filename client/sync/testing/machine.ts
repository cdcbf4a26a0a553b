/** The state machine with a world that does what it commands, and nothing that it does not. */
import { step } from "../connection";
import { type ConnectionSettings, defaultSettings } from "../connectionSettings";
import {
	atRest,
	type ConnectionState,
	type Input,
	type Sign,
	type TimerName,
} from "../connectionState";
import { type ConnectionStatus, statusOf } from "../connectionStatus";

/** While both bring events; the socket's welcome ends it in the same turn. */
export interface Carriers {
	sockets: number;
	polls: number;
}

export class Machine {
	state: ConnectionState = atRest;
	at = 0;
	/** What the device's clock is ahead of ours. */
	lead = 0;
	chance = 0;
	carriers: Carriers = { sockets: 0, polls: 0 };
	/** Every command since it was last read, as `open`, `timer retry 1000`, … */
	commands: string[] = [];
	wakeUps = 0;

	readonly settings: ConnectionSettings;

	constructor(settings = defaultSettings) {
		this.settings = settings;
	}

	get status(): ConnectionStatus {
		return statusOf(this.state, this.settings);
	}

	feed(input: Input): this {
		const moment = { at: this.at, clock: this.at + this.lead, chance: this.chance };
		const { state, commands } = step(this.state, input, moment, this.settings);
		this.state = state;
		for (const command of commands) {
			if (command.type === "open") this.carriers.sockets += 1;
			if (command.type === "close") this.carriers.sockets = 0;
			if (command.type === "poll") this.carriers.polls += 1;
			if (command.type === "stopPoll") this.carriers.polls -= 1;
			const more = "name" in command ? ` ${command.name}` : "";
			this.commands.push(command.type + more + ("after" in command ? ` ${command.after}` : ""));
		}
		return this;
	}

	sense(sign: Sign): this {
		return this.feed({ type: "sign", sign });
	}

	/** The browser tells of a socket that ended. */
	close(code = 1006, reason = ""): this {
		this.carriers.sockets = 0;
		return this.feed({ type: "closed", code, reason });
	}

	/** Lets `ms` go by; whatever is due fires at its time. */
	pass(ms: number): this {
		const end = this.at + ms;
		for (let next = this.next(); next && next.due <= end; next = this.next()) {
			this.at = Math.max(this.at, next.due);
			this.wakeUps += 1;
			this.feed({ type: "timer", name: next.name });
		}
		this.at = end;
		return this;
	}

	/** What was commanded since this was last asked, without the setting and unsetting of timers. */
	acts(): string[] {
		const acts = this.commands.filter((command) => !/^(timer|cancel)/.test(command));
		this.commands = [];
		return acts;
	}

	private next(): { name: TimerName; due: number } | null {
		const timers = Object.entries(this.state.timers) as [TimerName, number][];
		const first = timers.sort(([, one], [, other]) => one - other)[0];
		return first ? { name: first[0], due: first[1] } : null;
	}
}
