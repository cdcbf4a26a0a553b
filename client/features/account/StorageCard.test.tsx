import { render } from "@testing-library/preact";
import { beforeEach, expect, it } from "vitest";
import { AYU, filledIn, PRICE } from "../../state/testing/ordering";
import { freshScreen, type Screen, settle } from "../testing/screen";

const ROOM = "customer_u-budi_therapist_t-ayu";
const NOTHING = "Nothing is waiting to be sent";
const BEGUN = "A booking you have begun is saved here";
let server: Screen["server"];
let page: Screen["page"];

async function shown(): Promise<string> {
	const { StorageCard } = await import("./StorageCard");
	const { container, unmount } = render(<StorageCard />);
	await settle();
	const text = container.textContent ?? "";
	unmount();
	return text;
}

beforeEach(async () => {
	({ server, page } = await freshScreen());
	await page.ensureGuest("Budi");
});

it("says that nothing is waiting where nothing is (R32)", async () => {
	expect(await shown()).toContain(NOTHING);
	expect(await shown()).not.toContain(BEGUN);
});

it("says that messages wait", async () => {
	server.fate = ({ path }) => (path.endsWith("/messages") ? "down" : null);
	page.send(ROOM, "hello");
	await settle();
	expect(await shown()).toContain("Not sent yet: messages (1).");
	expect(await shown()).not.toContain(NOTHING);
});

it("calls what was begun a draft, what waits an order, and what was booked neither", async () => {
	page.chooseInForm(AYU, filledIn);
	expect(await shown()).toContain(BEGUN);
	server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
	const sending = page.submitBooking(AYU, PRICE);
	await settle(60_000);
	await sending;
	expect(await shown()).toContain("Not sent yet: bookings (1).");
	expect(await shown()).not.toContain(BEGUN);
	server.fate = () => null;
	await settle(60_000);
	expect(server.bookings).toHaveLength(1);
	expect(await shown()).toContain(NOTHING);
	expect(await shown()).not.toContain(BEGUN);
});
