import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { initials } from "./Avatar";
import { Button } from "./Button";

afterEach(cleanup);

describe("a button", () => {
	it("ignores presses while it is busy or unavailable, and can still be found", () => {
		const press = vi.fn();
		const { rerender } = render(
			<Button busy onClick={press}>
				Send
			</Button>,
		);
		fireEvent.click(screen.getByRole("button", { name: "Send" }));
		rerender(
			<Button unavailable onClick={press}>
				Send
			</Button>,
		);
		const button = screen.getByRole("button", { name: "Send" });
		fireEvent.click(button);
		expect(press).not.toHaveBeenCalled();
		expect(button.getAttribute("aria-disabled")).toBe("true");
		expect(button.hasAttribute("disabled")).toBe(false);
	});

	it("submits its form only when it may", () => {
		const submit = vi.fn((event: Event) => event.preventDefault());
		const form = (unavailable: boolean) => (
			<form onSubmit={submit}>
				<Button type="submit" unavailable={unavailable}>
					Send
				</Button>
			</form>
		);
		const { rerender } = render(form(true));
		fireEvent.click(screen.getByRole("button"));
		expect(submit).not.toHaveBeenCalled();
		rerender(form(false));
		fireEvent.click(screen.getByRole("button"));
		expect(submit).toHaveBeenCalledOnce();
	});
});

describe("initials", () => {
	it.each([
		["Ayu Lestari", "AL"],
		["  ayu  ", "A"],
		["Ni Luh Putu Sari", "NS"],
		["🌸 Spa", "🌸S"],
		["", ""],
	])("of %j are %j", (name, letters) => {
		expect(initials(name)).toBe(letters);
	});
});
