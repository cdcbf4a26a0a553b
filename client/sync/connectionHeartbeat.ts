import { isPoor } from "./connectionStatus";
import { cancel, setTimer, type Turn } from "./connectionTurn";

const PONG_WITHIN = 5_000;
/** The first measurement is made while the page is still busy starting; this long after it comes a fair one. */
const SECOND_PING = 5_000;
/** A line that looks poor is measured again before anybody is told. */
const SECOND_LOOK = 4_000;

export function ping(turn: Turn, within = PONG_WITHIN): void {
	const { state, moment } = turn;
	cancel(turn, "ping");
	// Signs that keep coming must not put the end off for ever.
	const due = state.timers.pong ?? Number.POSITIVE_INFINITY;
	if (!state.isAwaitingPong || due > moment.at + within) setTimer(turn, "pong", within);
	state.isAwaitingPong = true;
	turn.commands.push({ type: "ping" });
}

/** Any frame is a sign of life: on a slow line a pong stands in a queue behind events. */
export function hear(turn: Turn): void {
	turn.state.isChecking = false;
	if (turn.state.isAwaitingPong) setTimer(turn, "pong", PONG_WITHIN);
}

export function measure(turn: Turn, latency: number): void {
	const { state } = turn;
	cancel(turn, "pong");
	Object.assign(state, {
		isAwaitingPong: false,
		isChecking: false,
		latency,
		pongs: state.pongs + 1,
	});
	planPing(turn);
}

/** When the line is measured next: more often while somebody looks at it. */
export function planPing(turn: Turn): void {
	const { state, settings } = turn;
	if (state.socket !== "open" || state.isAwaitingPong) return;
	const { heartbeatInterval, qualityCheckInterval } = settings;
	const isSeen = state.isWatched && state.isShown;
	const usual = isSeen ? Math.min(qualityCheckInterval, heartbeatInterval) : heartbeatInterval;
	const sooner = state.pongs === 1 ? SECOND_PING : isPoor(state.latency) ? SECOND_LOOK : usual;
	setTimer(turn, "ping", Math.min(usual, sooner));
}
