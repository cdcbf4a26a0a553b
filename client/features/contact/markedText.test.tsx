import { cleanup, render } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { MarkedText, piecesOf } from "./markedText";

afterEach(cleanup);

describe("a refused text", () => {
	it("has the refused words marked and keeps all of itself", () => {
		const { container } = render(<MarkedText text="Call 0812 34 please" spans={[[5, 12]]} />);
		expect(container.textContent).toBe("Call 0812 34 please");
		expect(container.querySelector("mark")?.textContent).toBe("0812 34");
	});

	it("counts an emoji as one character, as the server does", () => {
		const marked = piecesOf("🌸🌸 0812", [[3, 7]]).filter((piece) => piece.marked);
		expect(marked).toEqual([{ text: "0812", marked: true }]);
	});

	it("survives spans that overlap or lie outside", () => {
		const spans = [
			[0, 2],
			[1, 3],
			[9, 99],
		] as const;
		expect(piecesOf("abcdef", spans)).toEqual([
			{ text: "abc", marked: true },
			{ text: "def", marked: false },
		]);
	});

	it("never becomes markup", () => {
		const { container } = render(<MarkedText text="<b>x</b>" spans={[[0, 3]]} />);
		expect(container.querySelector("b")).toBeNull();
	});
});
