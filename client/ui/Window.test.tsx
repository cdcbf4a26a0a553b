import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ConfirmPanel } from "./ConfirmPanel";
import { Window } from "./Window";

const close = vi.fn();
const no = vi.fn();

const open = (
	<>
		<button type="button">Book now</button>
		<Window title="Ayu" modal closeLabel="Close" onClose={close}>
			<ConfirmPanel title="Cancel?" yes="Yes" no="No" onYes={() => {}} onNo={no} />
		</Window>
	</>
);

afterEach(cleanup);

describe("a window", () => {
	it("takes the focus when it opens and gives it back when it goes", () => {
		const page = (isOpen: boolean) => (
			<>
				<button type="button">Book now</button>
				{isOpen && (
					<Window title="Ayu" modal closeLabel="Close" onClose={close}>
						<p>Form</p>
					</Window>
				)}
			</>
		);
		const { rerender } = render(page(false));
		const opener = screen.getByRole("button", { name: "Book now" });
		opener.focus();
		rerender(page(true));
		const dialog = screen.getByRole("dialog", { name: "Ayu" });
		expect(document.activeElement).toBe(dialog);
		expect(dialog.getAttribute("aria-modal")).toBe("true");
		rerender(page(false));
		expect(document.activeElement).toBe(opener);
	});

	it("closes by Escape", () => {
		close.mockClear();
		render(open);
		fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
		expect(close).toHaveBeenCalledOnce();
	});

	it("stays when Escape answers a question inside it with no", () => {
		close.mockClear();
		render(open);
		const question = screen.getByRole("alertdialog", { name: "Cancel?" });
		expect(document.activeElement).toBe(question);
		fireEvent.keyDown(question, { key: "Escape" });
		expect(no).toHaveBeenCalledOnce();
		expect(close).not.toHaveBeenCalled();
	});
});
