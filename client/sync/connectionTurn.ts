import type { ConnectionSettings } from "./connectionSettings";
import type { Command, ConnectionState, Moment, TimerName } from "./connectionState";

/** One input being taken in: the state to come, and the commands that make it true. */
export interface Turn {
	state: ConnectionState;
	readonly commands: Command[];
	readonly moment: Moment;
	readonly settings: ConnectionSettings;
}

export function setTimer({ state, commands, moment }: Turn, name: TimerName, after: number): void {
	state.timers = { ...state.timers, [name]: moment.at + after };
	commands.push({ type: "timer", name, after });
}

export function cancel({ state, commands }: Turn, ...names: TimerName[]): void {
	for (const name of names) {
		if (state.timers[name] === undefined) continue;
		const { [name]: _, ...others } = state.timers;
		state.timers = others;
		commands.push({ type: "cancel", name });
	}
}
