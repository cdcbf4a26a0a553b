import { fireEvent, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answer, freshScreen, refuse, type Screen, settle } from "../testing/screen";

let server: Screen["server"];
let page: Screen["page"];
const account = { role: "customer", displayName: "Budi", locale: "en", timezone: "Asia/Makassar" };
const others = { therapistId: null, shareTyping: true, sharePresence: true } as const;
const wayan = { id: "u-wayan", ...account, ...others, role: "customer" as const, isGuest: true };

const press = async (name: string) => {
	fireEvent.click(screen.getByRole("button", { name }));
	await settle();
};
const type = (label: string, value: string) =>
	fireEvent.input(screen.getByLabelText(label), { target: { value } });

/** Answers one address; everything else goes to the fake server. */
function answers(path: string, give: () => Response): void {
	server.fate = (asked) => (asked.path === path ? give() : null);
}

async function open(): Promise<void> {
	const { AccountPage } = await import("./AccountPage");
	render(
		<LocationProvider>
			<AccountPage />
		</LocationProvider>,
	);
	await settle();
}

beforeEach(async () => {
	({ server, page } = await freshScreen());
});

describe("a guest who registers (R10)", () => {
	beforeEach(async () => {
		await page.ensureGuest("Budi");
		await open();
	});

	it("is an account from then on, on the same page and as the same person", async () => {
		const { id } = page.user.value ?? {};
		answers("/api/session/register", () =>
			answer({ user: { ...page.user.value, isGuest: false } }),
		);
		type("E-mail", "budi@example.com");
		type("Password", "ten letters and more");
		await press("Create account");
		expect(server.to("POST", "/api/session/register")[0]?.body).toEqual({
			email: "budi@example.com",
			password: "ten letters and more",
		});
		expect(page.user.value).toMatchObject({ id, isGuest: false });
		expect(screen.queryByRole("heading", { name: "Keep your bookings" })).toBeNull();
	});

	it("hears what is wrong beside the fields, and nothing is sent", async () => {
		type("Password", "short");
		await press("Create account");
		expect(screen.getByRole("region", { name: /look at these/ }).textContent).toContain("E-mail");
		expect(screen.getAllByText(/too short/).length).toBeGreaterThan(0);
		expect(server.to("POST", "/api/session/register")).toEqual([]);
	});

	it("hears that the e-mail is taken, and stays the guest it was", async () => {
		answers("/api/session/register", () => refuse(409, "email_taken"));
		type("E-mail", "budi@example.com");
		type("Password", "ten letters and more");
		await press("Create account");
		expect(screen.getByRole("alert").textContent).toContain("can't be used for a new account");
		expect(page.user.value?.isGuest).toBe(true);
	});
});

describe("a code for another phone (R10)", () => {
	it("is shown as letters and as a picture", async () => {
		await page.ensureGuest("Budi");
		await open();
		answers("/api/session/recovery-code", () =>
			answer({
				code: "K7Q2M-9XDTA",
				url: "https://x/sign-in#recover=K7Q2M-9XDTA",
				expiresAt: "2026-03-11T04:00:00Z",
			}),
		);
		await press("Show a code");
		await settle(200);
		await vi.dynamicImportSettled();
		await settle(200);
		expect(screen.getByText("K7Q2M-9XDTA")).toBeTruthy();
		expect(screen.getByRole("img", { name: /picture for a camera/ })).toBeTruthy();
	});

	const takeOver = () =>
		answers("/api/session/recover", () => {
			server.user = wayan;
			return answer({ user: wayan });
		});

	it("opens everything of its person on a device where nobody was", async () => {
		await open();
		takeOver();
		type("Code", "k7q2m 9xdta");
		await press("Open my bookings");
		expect(page.user.value?.id).toBe("u-wayan");
	});

	it("is sent with the same secret again when the answer was lost", async () => {
		await open();
		server.fate = ({ path }) => (path === "/api/session/recover" ? "lost" : null);
		type("Code", "K7Q2M-9XDTA");
		await press("Open my bookings");
		takeOver();
		await press("Open my bookings");
		const secrets = server.to("POST", "/api/session/recover").map(({ body }) => body.recoveryKey);
		expect(new Set(secrets).size).toBe(1);
		expect(secrets).toHaveLength(2);
	});

	it("that is wrong changes nothing here", async () => {
		await page.ensureGuest("Budi");
		page.chooseInForm("t-ayu", { serviceId: "s-60" });
		history.replaceState(null, "", "/sign-in#recover=WRONG");
		await open();
		expect(location.hash).toBe("");
		answers("/api/session/recover", () => refuse(404, "recovery_code_wrong"));
		await press("Open my bookings");
		await press("Use the code");
		expect(screen.getByRole("alert").textContent).toContain("wrong, was used already");
		expect(page.user.value?.displayName).toBe("Budi");
		expect(JSON.stringify({ ...localStorage })).toContain("s-60");
	});

	it("leaves nothing of the guest who was here before", async () => {
		await page.ensureGuest("Budi");
		page.typeInForm("t-ayu", { customerName: "Secretive", note: "secret" });
		history.replaceState(null, "", "/sign-in#recover=K7Q2M-9XDTA");
		await open();
		takeOver();
		await press("Open my bookings");
		expect(screen.getByRole("alertdialog").textContent).toContain("signed out here first");
		await press("Use the code");
		await settle(1_000);
		expect(page.user.value?.id).toBe("u-wayan");
		expect(JSON.stringify({ ...localStorage })).not.toContain("ecret");
	});
});

describe("an address with a code", () => {
	it.each(["K7Q2M-9XDTA", "%"])(
		"that says %s fills it in and does not stay in the history",
		async (code) => {
			location.hash = `#recover=${code}`;
			await open();
			expect((screen.getByLabelText("Code") as HTMLInputElement).value).toBe(code);
			expect(location.hash).toBe("");
		},
	);

	it("that comes while the page is open fills it in too, and a second one after it", async () => {
		await page.ensureGuest("Budi");
		await open();
		expect(screen.queryByLabelText("Code")).toBeNull();
		for (const code of ["K7Q2M-9XDTA", "00000-00000"]) {
			location.hash = `#recover=${code}`;
			window.dispatchEvent(new HashChangeEvent("hashchange"));
			await settle(100);
			expect((screen.getByLabelText("Code") as HTMLInputElement).value).toBe(code);
			expect(location.hash).toBe("");
		}
		location.hash = "#elsewhere";
		window.dispatchEvent(new HashChangeEvent("hashchange"));
		await settle(100);
		expect((screen.getByLabelText("Code") as HTMLInputElement).value).toBe("00000-00000");
	});
});
