/**
 * The connection as a pure state machine: a state and an input give the next state and the commands that make it
 * true. It does nothing itself and knows no clock; the carrier carries its commands out.
 */

import { hear, measure, ping, planPing } from "./connectionHeartbeat";
import * as move from "./connectionMoves";
import type { ConnectionSettings } from "./connectionSettings";
import type { Command, ConnectionState, Input, Moment, Sign, TimerName } from "./connectionState";
import { cancel, setTimer, type Turn } from "./connectionTurn";

/** A timer this late, or a device clock this far ahead of the other, says that the device slept. */
const SLEPT = 5_000;
/** How often sleep is looked for: R24 leaves 5 s from waking to being back. */
const TICK = 2_000;
/** So soon after the poll is through again the socket is tried too. */
const FOLLOWS = 1_000;
const UPGRADE_REQUIRED = 426;

export interface Step {
	state: ConnectionState;
	commands: readonly Command[];
}

export function step(
	before: ConnectionState,
	input: Input,
	moment: Moment,
	settings: ConnectionSettings,
): Step {
	const turn: Turn = { state: { ...before }, commands: [], moment, settings };
	take(turn, input);
	keepTicking(turn);
	return { state: turn.state, commands: turn.commands };
}

function take(turn: Turn, input: Input): void {
	const { state } = turn;
	if (input.type === "start") start(turn, input.hasSession);
	else if (input.type === "sign") sense(turn, input.sign);
	// What was under way when it was stopped says nothing any more.
	else if (!state.isRunning) return;
	else if (input.type === "stop") stop(turn);
	else if (input.type === "timer") ring(turn, input.name);
	else if (state.socket !== "none" && takeSocket(turn, input)) return;
	else if (state.poll !== "off") takePoll(turn, input);
}

/** Whether the input was about the socket. */
function takeSocket(turn: Turn, input: Input): boolean {
	if (input.type === "welcomed") welcome(turn);
	else if (input.type === "heard") hear(turn);
	else if (input.type === "pong") measure(turn, input.latency);
	else if (input.type === "closed") move.lose(turn, input.code, input.reason);
	else return false;
	return true;
}

function takePoll(turn: Turn, input: Input): void {
	if (input.type === "answered") answered(turn, input.latency);
	else if (input.type === "failed") failed(turn, input.status, input.wait);
	else if (input.type === "refused") move.end(turn);
}

function start(turn: Turn, hasSession: boolean): void {
	const { state, moment } = turn;
	// Where sockets hang, they hang for the next person too: no second is lost on finding that out again.
	const wasHanging = move.isHanging(turn);
	stop(turn);
	state.isRunning = true;
	state.hasSession = hasSession;
	state.clockLead = moment.clock - moment.at;
	if (wasHanging) move.pollSoon(turn, 0);
	move.connect(turn);
}

function stop(turn: Turn): void {
	move.drop(turn);
	const reason = turn.state.isOnline ? null : ("offline" as const);
	Object.assign(turn.state, { isRunning: false, losses: 0, latency: null, reason });
	Object.assign(turn.state, { socketNotBefore: 0, pollNotBefore: 0 });
}

function welcome(turn: Turn): void {
	const { state, moment } = turn;
	move.stopPolling(turn);
	cancel(turn, "welcome");
	Object.assign(state, { socket: "open", welcomedAt: moment.at, pongs: 0, latency: null });
	Object.assign(state, { isOnline: true, reason: null });
	ping(turn);
}

function answered(turn: Turn, latency: number | null): void {
	const { state, moment } = turn;
	const wasDown = state.poll === "down";
	Object.assign(state, { poll: "up", isOnline: true, pollNotBefore: 0 });
	if (state.reason === "offline") state.reason = null;
	if (latency !== null) state.latency = latency;
	const { retry } = state.timers;
	const isFar = retry !== undefined && retry - moment.at > FOLLOWS;
	// Nothing worked and now something does: the socket may work too, whatever step of the ladder it stands on.
	if (wasDown && isFar && moment.at >= state.socketNotBefore) {
		setTimer(turn, "retry", moment.chance * FOLLOWS);
	}
}

function failed(turn: Turn, status: number | null, wait: number): void {
	const { state, moment } = turn;
	if (status === UPGRADE_REQUIRED) {
		state.reason = "outdated";
		turn.commands.push({ type: "outdated" });
	}
	state.poll = "down";
	state.pollNotBefore = moment.at + wait;
	if (!state.isOnline && state.socket === "none") move.stopPolling(turn);
}

function sense(turn: Turn, sign: Sign): void {
	const { state, settings } = turn;
	const isNetwork = sign === "online" || sign === "offline";
	if (isNetwork && !settings.enableNetworkDetection) return;
	if (sign === "offline") Object.assign(state, { isOnline: false, reason: "offline" });
	if (sign === "online") state.isOnline = true;
	if (sign === "shown" || sign === "hidden") state.isShown = sign === "shown";
	if (sign === "away" || sign === "back") state.isAway = sign === "away";
	if (sign === "watched" || sign === "unwatched") watch(turn, sign === "watched");
	else if (!state.isRunning || sign === "hidden") return;
	else if (sign === "offline" || sign === "away") move.letGo(turn);
	else if (sign !== "reconnect") move.notice(turn);
	else if (!move.isOneReturn(turn)) move.connectAfresh(turn);
}

function watch(turn: Turn, isWatched: boolean): void {
	turn.state.isWatched = isWatched;
	if (turn.state.pongs > 1) planPing(turn);
}

function ring(turn: Turn, name: TimerName): void {
	const { state } = turn;
	const hasSlept = noticeSleep(turn, state.timers[name]);
	const { [name]: _, ...others } = state.timers;
	state.timers = others;
	// A page whose timers run is not frozen.
	state.isAway = false;
	if (hasSlept) wakeUp(turn, name);
	else if (name === "retry") move.connect(turn);
	else if (name === "ping") ping(turn);
	else if (name === "welcome" || name === "pong") move.giveUp(turn);
	else if (name === "poll") startPolling(turn);
}

function startPolling({ state, commands }: Turn): void {
	state.poll = "asking";
	commands.push({ type: "poll" });
}

function noticeSleep({ state, moment }: Turn, due = moment.at): boolean {
	const lead = moment.clock - moment.at;
	const isLater = moment.at - due > SLEPT || lead - state.clockLead > SLEPT;
	state.clockLead = lead;
	return isLater;
}

function wakeUp(turn: Turn, name: TimerName): void {
	const { socket, isShown, isOnline } = turn.state;
	// Timers of a hidden page come late without any sleep, and its socket may be as good as ever.
	if (socket === "open" && name !== "pong" && !isShown) move.notice(turn);
	else if (!isOnline) move.connect(turn);
	else move.connectAfresh(turn);
}

/** Ticks while somebody can see the page and there may be a network. */
function keepTicking(turn: Turn): void {
	const { isRunning, isShown, isOnline, isAway, timers } = turn.state;
	if (!(isRunning && isShown && isOnline && !isAway)) cancel(turn, "tick");
	else if (timers.tick === undefined) setTimer(turn, "tick", TICK);
}
