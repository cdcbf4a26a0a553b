import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { Countdown } from "./Countdown";
import { type CountdownStage, secondsUntil, stageOf } from "./countdownStage";

const announce = (stage: CountdownStage) => `stage ${stage}`;

const clock = (secondsLeft: number) => (
	<Countdown
		secondsLeft={secondsLeft}
		totalSeconds={600}
		label="Time left"
		text={String(secondsLeft)}
		announce={announce}
	/>
);

afterEach(cleanup);

describe("a countdown (R6)", () => {
	it("goes from calm to half to the last two minutes to over", () => {
		expect([600, 301, 300, 121, 120, 1, 0].map((left) => stageOf(left, 600))).toEqual([
			"calm",
			"calm",
			"half",
			"half",
			"last",
			"last",
			"over",
		]);
	});

	it("never shows less than nothing", () => {
		expect(secondsUntil(1_000, 9_000)).toBe(0);
		expect(secondsUntil(9_100, 1_000)).toBe(9);
	});

	it("is silent each second and speaks at each milestone once", () => {
		const { rerender, container } = render(clock(302));
		const spoken = () => container.querySelector("[aria-live=polite]")?.textContent;
		const timer = screen.getByRole("timer", { name: "Time left" });
		expect(timer.getAttribute("aria-live")).toBe("off");
		expect(spoken()).toBe("");
		rerender(clock(301));
		expect(spoken()).toBe("");
		rerender(clock(300));
		expect(spoken()).toBe("stage half");
		rerender(clock(299));
		expect(spoken()).toBe("stage half");
		rerender(clock(120));
		expect(spoken()).toBe("stage last");
		rerender(clock(0));
		expect(spoken()).toBe("stage over");
	});
});
