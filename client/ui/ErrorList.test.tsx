import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { ErrorList } from "./ErrorList";
import { TextField } from "./Field";

const items = [{ target: "name", text: "Name: please fill this in." }];

function Form({ attempt }: { attempt: number }) {
	return (
		<>
			<ErrorList title="Look again" items={attempt > 0 ? items : []} attempt={attempt} />
			<TextField id="name" label="Name" value="" error="Please fill this in." onValue={() => {}} />
		</>
	);
}

afterEach(cleanup);

describe("the list of what is wrong with a form", () => {
	it("takes the focus with every submit that failed, and only then", () => {
		const { rerender } = render(<Form attempt={0} />);
		expect(document.activeElement).toBe(document.body);
		rerender(<Form attempt={1} />);
		expect(document.activeElement).toBe(screen.getByRole("region", { name: "Look again" }));
		screen.getByLabelText("Name").focus();
		rerender(<Form attempt={2} />);
		expect(document.activeElement).toBe(screen.getByRole("region", { name: "Look again" }));
	});

	it("leads from each line to its field", () => {
		render(<Form attempt={1} />);
		fireEvent.click(screen.getByRole("link", { name: "Name: please fill this in." }));
		expect(document.activeElement).toBe(screen.getByLabelText("Name"));
	});

	it("stands beside the field's own error, which is tied to it", () => {
		render(<Form attempt={1} />);
		const field = screen.getByLabelText("Name");
		expect(field.getAttribute("aria-invalid")).toBe("true");
		const described = field.getAttribute("aria-describedby") ?? "";
		expect(document.getElementById(described)?.textContent).toBe("Please fill this in.");
	});
});
