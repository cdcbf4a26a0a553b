import { cleanup, render } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { excerptOf, MarkedText, piecesOf } from "./markedText";

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

describe("an excerpt of a refused text", () => {
	const shown = (text: string, ...spans: [number, number][]) =>
		excerptOf(text, spans)
			.map(({ text, marked }) => (marked ? `[${text}]` : text))
			.join("");
	const long = "one two three four five six seven eight nine ten ";

	it("shows the marked words with whole words around them", () => {
		expect(shown(`${long}0812 ${long}`, [long.length, long.length + 4])).toBe(
			"… seven eight nine ten [0812] one two three four …",
		);
	});

	it("shows a short text as it is, in one line", () => {
		expect(shown("call\n0812 ok", [5, 9])).toBe("call [0812] ok");
	});

	it("leaves out what stands between two marks, and the middle of a very long one", () => {
		const far = long.length + 4;
		expect(shown(`0812${long}3456`, [0, 4], [far, far + 4])).toBe(
			"[0812]one two three four … seven eight nine ten [3456]",
		);
		expect(shown("8".repeat(200), [0, 200])).toBe(`[${"8".repeat(40)}…${"8".repeat(40)}]`);
	});
});
