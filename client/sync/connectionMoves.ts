/** What the connection does, as changes to a turn. */
import { CLOSED } from "../net/frames";
import { type Loss, reconnectDelay } from "./backoff";
import { ping } from "./connectionHeartbeat";
import { type Reason, reasonOf } from "./connectionStatus";
import { cancel, setTimer, type Turn } from "./connectionTurn";

/** R20 allows 2 s from the socket's loss to the first events by poll; the poll itself needs some of them. */
const POLL_AFTER = 1_000;
/** A socket that lived shorter than this did not end the run of losses. */
const STEADY = 5_000;
/** Several signs of the same return come within a moment; one new attempt answers all of them. */
const ONE_RETURN = 500;
/** After a sign that the line may have changed there is less patience: R24 wants it back within 5 s. */
const CHECK_WITHIN = 3_000;
/** The close code of a socket that this side gave up on; the browser's own for "no close frame came". */
const ABNORMAL = 1006;

export function connect(turn: Turn): void {
	const { state, commands, moment, settings } = turn;
	cancel(turn, "retry");
	closeSocket(turn);
	state.socket = "opening";
	state.openedAt = moment.at;
	commands.push({ type: "open" });
	setTimer(turn, "welcome", settings.connectionTimeout);
	pollSoon(turn);
}

/** Leaves whatever there is and begins at once, also with polling. */
export function connectAfresh(turn: Turn): void {
	turn.state.losses = 0;
	stopPolling(turn);
	pollSoon(turn, 0);
	connect(turn);
}

/** Something speaks for a better network, or against the socket that was there: acts at once, and once. */
export function notice(turn: Turn): void {
	const { state, moment } = turn;
	if (!state.isRunning) return;
	if (state.socket === "open") {
		state.isChecking = true;
		ping(turn, CHECK_WITHIN);
	} else if (isOneReturn(turn)) return;
	else if (moment.at < state.socketNotBefore) pollSoon(turn, 0);
	else connectAfresh(turn);
}

export const isOneReturn = ({ state, moment }: Turn): boolean =>
	state.socket === "opening" && moment.at - state.openedAt < ONE_RETURN;

/** Whether a socket has been opening for so long that the next one will hang too. */
export const isHanging = ({ state, moment }: Turn): boolean =>
	state.socket === "opening" && moment.at - state.openedAt >= POLL_AFTER;

/**
 * Polls after `delay` ms. When that is due already it is not put off: a socket that fails every second must not
 * keep polling away for ever.
 */
export function pollSoon(turn: Turn, delay = POLL_AFTER): void {
	const { state, moment, settings } = turn;
	const isWanted = state.hasSession && settings.enableFallbackPolling;
	if (!isWanted || state.poll !== "off" || state.timers.poll !== undefined) return;
	setTimer(turn, "poll", Math.max(delay, state.pollNotBefore - moment.at));
}

export function stopPolling(turn: Turn): void {
	cancel(turn, "poll");
	if (turn.state.poll === "off") return;
	turn.state.poll = "off";
	turn.commands.push({ type: "stopPoll" });
}

export function closeSocket(turn: Turn): void {
	if (turn.state.socket !== "none") turn.commands.push({ type: "close" });
	cancel(turn, "welcome", "ping", "pong");
	const none = {
		socket: "none",
		welcomedAt: null,
		isAwaitingPong: false,
		isChecking: false,
	} as const;
	Object.assign(turn.state, none);
}

/** Lets go of everything; the socket is tried again after the longest wait, in case no sign ever comes. */
export function letGo(turn: Turn): void {
	drop(turn);
	setTimer(turn, "retry", turn.settings.maxReconnectDelay);
}

export function drop(turn: Turn): void {
	cancel(turn, "retry");
	stopPolling(turn);
	closeSocket(turn);
}

/** The session is over. */
export function end(turn: Turn): void {
	drop(turn);
	turn.state.isRunning = false;
	turn.commands.push({ type: "signedOut" });
}

/** This side gives the socket up. */
export const giveUp = (turn: Turn): void => lose(turn, ABNORMAL, "", "unanswered");

export function lose(
	turn: Turn,
	code: number,
	said: string,
	reason: Reason = reasonOf(code),
): void {
	const { state, moment } = turn;
	const { welcomedAt, isChecking } = state;
	const wasSteady = welcomedAt !== null && moment.at - welcomedAt >= STEADY;
	// Also one that closed by itself: what is closed twice is closed, and nothing can be left behind.
	closeSocket(turn);
	if (code === CLOSED.policy) turn.commands.push({ type: "outdated" });
	if (state.poll !== "up") state.latency = null;
	state.losses = wasSteady ? 1 : state.losses + 1;
	if (code === CLOSED.signedOut) end(turn);
	else if (!state.isOnline) rest(turn);
	else comeBack(turn, { code, reason: said, attempt: state.losses }, isChecking, reason);
}

function comeBack(turn: Turn, loss: Loss, isAtOnce: boolean, reason: Reason): void {
	const { state, moment, settings } = turn;
	state.reason = reason;
	const delay = isAtOnce ? 0 : reconnectDelay(loss, settings, moment.chance);
	if (loss.code === CLOSED.flood) state.socketNotBefore = moment.at + delay;
	setTimer(turn, "retry", delay);
	pollSoon(turn, isAtOnce ? 0 : POLL_AFTER);
}

/** Offline, and an attempt showed that the browser is right: one timer and nothing else. */
export function rest(turn: Turn): void {
	if (turn.state.poll !== "up") stopPolling(turn);
	setTimer(turn, "retry", turn.settings.maxReconnectDelay);
}
