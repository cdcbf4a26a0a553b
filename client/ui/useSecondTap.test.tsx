import { cleanup, render } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, expect, it } from "vitest";
import { useSecondTap } from "./useSecondTap";

const pressed: string[] = [];

/** Each press brings another button to the same place. */
function Steps() {
	const [step, setStep] = useState(1);
	const go = () => {
		pressed.push(`step ${step}`);
		setStep(step + 1);
	};
	return (
		<div onClickCapture={useSecondTap()}>
			<button key={step} type="button" onClick={go}>
				step {step}
			</button>
			<button key={`same ${step}`} type="button" onClick={() => pressed.push("same")}>
				same
			</button>
		</div>
	);
}

afterEach(() => {
	cleanup();
	pressed.length = 0;
});

/** A tap on the button that stands first (or `which`), `at` milliseconds, at `x`. */
async function tap(at: number, x = 100, detail = 1, which = 0): Promise<void> {
	const button = document.querySelectorAll("button")[which];
	const event = new MouseEvent("click", { bubbles: true, cancelable: true, clientX: x, detail });
	Object.defineProperty(event, "timeStamp", { value: at });
	button?.dispatchEvent(event);
	await Promise.resolve();
}

it("keeps every further tap of a hurried finger from what comes under it", async () => {
	render(<Steps />);
	await tap(1_000);
	await tap(1_200, 104, 2);
	await tap(1_500, 98, 3);
	expect(pressed).toEqual(["step 1"]);
	await tap(2_000);
	expect(pressed).toEqual(["step 1", "step 2"]);
});

it("lets a tap elsewhere, a key, and the same button through", async () => {
	render(<Steps />);
	await tap(1_000);
	await tap(1_100, 200);
	await tap(1_200, 200, 0);
	await tap(1_300, 300, 1, 1);
	await tap(1_400, 300, 1, 1);
	expect(pressed).toEqual(["step 1", "step 2", "step 3", "same", "same"]);
});
