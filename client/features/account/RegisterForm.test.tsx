import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { freshScreen, type Screen, settle } from "../testing/screen";

let server: Screen["server"];

beforeEach(async () => {
	({ server } = await freshScreen());
	const { RegisterForm } = await import("./RegisterForm");
	render(<RegisterForm />);
});

async function send(email: string, password: string): Promise<void> {
	fireEvent.input(screen.getByLabelText("E-mail"), { target: { value: email } });
	fireEvent.input(screen.getByLabelText("Password"), { target: { value: password } });
	fireEvent.click(screen.getByRole("button", { name: "Create account" }));
	await settle();
}
const faults = () => screen.queryAllByRole("link").map(({ textContent }) => textContent);
const asked = () => server.to("POST", "/api/session/register");

describe("registering (R10)", () => {
	it.each([
		"wati",
		"wati@",
		"@example.com",
		"wati@example",
		"wa ti@example.com",
		"a@b@example.com",
	])("says all that is wrong at once, with %s for an e-mail", async (email) => {
		await send(email, "");
		expect(faults()).toEqual([
			"E-mail: Please write it like name@example.com.",
			"Password: Please fill this in.",
		]);
		expect(asked()).toEqual([]);
	});

	it("says that an e-mail is too long before it is sent", async () => {
		await send(`wati@${"a.".repeat(130)}com`, "long enough 1");
		expect(faults()).toHaveLength(1);
		expect(asked()).toEqual([]);
	});

	it.each(["wati@example.com", " WATI+spa@mail.example.co.id "])(
		"lets %s through",
		async (email) => {
			await send(email, "long enough 1");
			expect(faults()).toEqual([]);
			expect(asked()).toHaveLength(1);
		},
	);
});
