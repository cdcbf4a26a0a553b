import "./countdown.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { type CountdownStage, stageOf } from "./countdownStage";
import { Icon } from "./Icon";

interface CountdownProps {
	secondsLeft: number;
	/** The whole time allowed, in seconds. */
	totalSeconds: number;
	/** What the time is for. */
	label: string;
	/** The clock as it is shown, alone or in a sentence. */
	text: string;
	/** The sentence read out when a new stage is reached. */
	announce: (stage: CountdownStage, secondsLeft: number) => string;
}

/** The clock itself is silent to screen readers; they hear of half time, the last two minutes and the end. */
export function Countdown({ secondsLeft, totalSeconds, label, text, announce }: CountdownProps) {
	const stage = stageOf(secondsLeft, totalSeconds);
	const reached = useRef(stage);
	const [news, setNews] = useState("");
	useEffect(() => {
		if (reached.current === stage) return;
		reached.current = stage;
		setNews(announce(stage, secondsLeft));
	}, [stage, secondsLeft, announce]);
	return (
		<>
			<span class={`countdown countdown-${stage}`} role="timer" aria-live="off" aria-label={label}>
				<Icon name={stage === "last" || stage === "over" ? "alert" : "clock"} size={18} />
				{text}
			</span>
			<span class="visually-hidden" aria-live="polite">
				{news}
			</span>
		</>
	);
}

/** The same time as a line that empties; decoration beside the clock. */
export function CountdownLine({
	secondsLeft,
	totalSeconds,
}: Pick<CountdownProps, "secondsLeft" | "totalSeconds">) {
	const share = totalSeconds > 0 ? Math.min(1, secondsLeft / totalSeconds) : 0;
	return (
		<div class="countdown-line" aria-hidden="true">
			<span style={{ transform: `scaleX(${share})` }} />
		</div>
	);
}
