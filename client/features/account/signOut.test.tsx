import { fireEvent, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { beforeEach, describe, expect, it } from "vitest";
import { freshScreen, type Screen, settle } from "../testing/screen";

const ROOM = "customer_u-budi_therapist_t-ayu";
let server: Screen["server"];
let page: Screen["page"];

const press = async (name: string) => {
	fireEvent.click(screen.getByRole("button", { name }));
	await settle();
};
const question = () => screen.getByRole("alertdialog").textContent;

beforeEach(async () => {
	({ server, page } = await freshScreen());
	await page.ensureGuest("Budi");
	const { AccountPage } = await import("./AccountPage");
	render(
		<LocationProvider>
			<AccountPage />
		</LocationProvider>,
	);
});

describe("signing out", () => {
	it("asks about what is not sent, and sends it when the person stays", async () => {
		server.fate = ({ method }) => (method === "POST" ? "down" : null);
		page.send(ROOM, "hello");
		await settle();
		await press("Sign out");
		expect(question()).toContain("Not sent: messages (1).");
		server.fate = () => null;
		await press("Stay and send");
		expect(server.messages).toHaveLength(1);
		expect(page.session.value.status).toBe("signed-in");
	});

	it("deletes what is not sent only when the person says so", async () => {
		server.fate = ({ path }) => (path.endsWith("/messages") ? "down" : null);
		page.send(ROOM, "hello");
		await settle();
		await press("Sign out");
		await press("Delete and sign out");
		expect(page.session.value.status).toBe("signed-out");
		expect(JSON.stringify({ ...localStorage })).not.toContain("hello");
	});

	it("asks again about what came up while it was asking", async () => {
		await press("Sign out");
		expect(question()).toContain("Sign out of this device?");
		server.fate = ({ path }) => (path.endsWith("/messages") ? "down" : null);
		page.send(ROOM, "hello");
		await settle();
		expect(question()).toContain("Not sent: messages (1).");
	});
});
