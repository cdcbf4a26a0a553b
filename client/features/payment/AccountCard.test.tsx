import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { ayuUser, FakePayments, MASKED, NUMBER } from "../../state/testing/payments";
import { mirrored, putMirror } from "../testing/mirror";
import { answer, freshScreen, type Screen, settle } from "../testing/screen";

let server: Screen["server"];
let payments: FakePayments;

/** `hasMirror`: whether the page has its own contact filter, or leaves that to the server. */
async function open(hasMirror: boolean): Promise<void> {
	putMirror(hasMirror);
	({ server } = await freshScreen((fresh) => {
		fresh.user = ayuUser;
	}));
	await settle();
	payments = new FakePayments(server);
}

async function show(): Promise<void> {
	const { AccountCard } = await import("./AccountCard");
	render(<AccountCard />);
	await settle();
}

const press = async (name: string) => {
	fireEvent.click(screen.getByRole("button", { name }));
	await settle();
};
const field = (name: string) => screen.getByLabelText(name) as HTMLInputElement;
const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
const puts = () => server.to("PUT", "/api/therapists/me/bank-account");

/** Everything that this device has stored. */
const stored = () => JSON.stringify({ ...localStorage });

beforeEach(() => open(false));

describe("the bank account on the dashboard (R18)", () => {
	it("is asked for where there is none, and is masked once it is saved", async () => {
		payments.account = null;
		await show();
		await press("Add bank account");
		fireEvent.change(field("Bank or wallet"), { target: { value: "BCA" } });
		type("Account holder", "Ayu Lestari");
		type("Account number", "7310 9924 4821");
		await press("Save account");
		expect(puts().map(({ body }) => body)).toEqual([
			{ bank: "BCA", holder: "Ayu Lestari", number: "7310 9924 4821" },
		]);
		expect(screen.getByText(MASKED)).toBeTruthy();
		expect(document.body.innerHTML).not.toContain("7310");
		expect(stored()).not.toContain("7310");
		expect(document.activeElement?.textContent).toBe("Bank account");
	});

	it("names every field that is wrong, keeps what was typed, and sends nothing", async () => {
		payments.account = null;
		await show();
		await press("Add bank account");
		type("Account number", "12 34");
		await press("Save account");
		const list = screen.getByRole("region", { name: "Please look at these again" });
		expect(list.textContent).toContain("Bank or wallet: ");
		expect(list.textContent).toContain("Account holder: ");
		expect(list.textContent).toContain("Account number: 6 to 20 digits");
		expect(document.activeElement).toBe(list);
		expect(field("Account number").value).toBe("12 34");
		expect(field("Account number").getAttribute("aria-invalid")).toBe("true");
		expect(puts()).toEqual([]);
	});

	it("shows beside the field what the server refuses, and keeps what was typed", async () => {
		await show();
		await press("Change");
		type("Account holder", "0812 3456 7890");
		type("Account number", NUMBER);
		await press("Save account");
		expect(field("Account holder").getAttribute("aria-invalid")).toBe("true");
		expect(field("Account number").value).toBe(NUMBER);
		expect(screen.queryByText(MASKED)).toBeNull();
	});

	it("lets a refused name be looked at, and saves it when it is allowed", async () => {
		await show();
		await press("Change");
		type("Account holder", "0812 3456 7890");
		type("Account number", NUMBER);
		await press("Save account");
		const keep = server.fate;
		server.fate = (asked) =>
			asked.path === "/api/appeals" ? answer({ id: null, status: "allowed" }) : keep(asked);
		await press("I think this is wrong");
		expect(server.to("POST", "/api/appeals")[0]?.body).toEqual({
			kind: "profile",
			text: "0812 3456 7890",
			conversationId: null,
		});
		expect(field("Account holder").getAttribute("aria-invalid")).toBeNull();
		payments.refusesNames = false;
		await press("Save account");
		expect(puts()).toHaveLength(2);
		expect(screen.getByText(MASKED)).toBeTruthy();
		expect(stored()).not.toContain(NUMBER);
	});

	it("sends a name that was allowed past its own filter too", async () => {
		await open(true);
		await show();
		await press("Change");
		type("Account holder", "0812 3456 7890");
		type("Account number", NUMBER);
		await mirrored();
		await press("Save account");
		expect(puts()).toEqual([]);
		const keep = server.fate;
		server.fate = (asked) =>
			asked.path === "/api/appeals" ? answer({ id: null, status: "allowed" }) : keep(asked);
		await press("I think this is wrong");
		payments.refusesNames = false;
		await press("Save account");
		expect(puts()).toHaveLength(1);
	});

	it("never shows the number again, not to be changed either", async () => {
		await show();
		await press("Change");
		expect(field("Bank or wallet").value).toBe("BCA");
		expect(field("Account holder").value).toBe("Ayu Lestari");
		expect(field("Account number").value).toBe("");
	});

	it("takes a bank that is not listed by its name", async () => {
		await show();
		await press("Change");
		fireEvent.change(field("Bank or wallet"), { target: { value: "other" } });
		type("Name of the bank or wallet", "Koperasi Merah");
		type("Account number", "٧٣١٠٩٩٢٤");
		await press("Save account");
		expect(puts()[0]?.body).toMatchObject({ bank: "Koperasi Merah" });
	});

	it("is removed only after a question", async () => {
		await show();
		await press("Remove");
		expect(server.to("DELETE", /bank-account/)).toEqual([]);
		await press("Keep it");
		expect(screen.getByText(MASKED)).toBeTruthy();
		await press("Remove");
		await press("Remove it");
		expect(server.to("DELETE", /bank-account/)).toHaveLength(1);
		expect(screen.getByRole("button", { name: "Add bank account" })).toBeTruthy();
	});

	it("says when it could not be loaded, and can be asked for again", async () => {
		const { fate } = server;
		server.fate = () => "down";
		await show();
		expect(screen.queryByText(MASKED)).toBeNull();
		expect(screen.queryByRole("button", { name: "Add bank account" })).toBeNull();
		server.fate = fate;
		await press("Try again");
		expect(screen.getByText(MASKED)).toBeTruthy();
	});
});
