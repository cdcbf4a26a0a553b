import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { freshScreen } from "../testing/screen";

function Broken(): never {
	throw new RangeError("Invalid time value");
}

async function crash() {
	const { page } = await freshScreen();
	page.typeInForm("t-ayu", { customerName: "Budi" });
	const { CrashGuard } = await import("./CrashGuard");
	render(
		<CrashGuard>
			<Broken />
		</CrashGuard>,
	);
}

describe("a page that breaks", () => {
	it("says so in a sentence and can be loaded again", async () => {
		await crash();
		expect(screen.getByRole("alert").textContent).toContain("Something went wrong on this page");
		const reload = vi.spyOn(location, "reload").mockImplementation(() => {});
		fireEvent.click(screen.getByRole("button", { name: "Load again" }));
		expect(reload).toHaveBeenCalledOnce();
	});

	it("saves what was being typed", async () => {
		await crash();
		expect(localStorage.getItem("session_t-ayu_guest")).toContain("Budi");
	});

	it("stays out of the way of one that does not", async () => {
		await freshScreen();
		const { CrashGuard } = await import("./CrashGuard");
		render(<CrashGuard>fine</CrashGuard>);
		expect(document.body.textContent).toBe("fine");
	});
});
