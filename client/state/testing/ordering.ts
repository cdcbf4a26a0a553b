/** A page with a filled-in booking form, over a fake server: what the tests of submitting share. */
import type { FakeServer, Fate } from "../../net/testing/fakeServer";
import { START } from "../../net/testing/samples";
import { freshDevice, loadPage, pass, type Seam } from "./page";

export const AYU = "t-ayu";
/** What the form's booking costs, in minor units. */
export const PRICE = 175_000;
export const TOMORROW = new Date(START + 86_400_000).toISOString();

export const filledIn = {
	serviceId: "s-60",
	when: "later",
	scheduledTime: TOMORROW,
	locationType: "villa",
	area: "Ubud",
	location: "Jalan Raya 1",
	massageFor: "male",
	customerName: "Budi",
	customerWhatsApp: "0812 3456 7890",
	note: "",
} as const;

export class Ordering {
	readonly server: FakeServer;
	page: Seam;

	private constructor(server: FakeServer, page: Seam) {
		this.server = server;
		this.page = page;
	}

	static async begin(): Promise<Ordering> {
		const server = freshDevice();
		const page = await loadPage();
		page.chooseInForm(AYU, filledIn);
		return new Ordering(server, page);
	}

	async reload(): Promise<void> {
		this.page = await loadPage();
	}

	sends = () => this.server.to("POST", "/api/bookings");

	keys = () => new Set(this.sends().map(({ key }) => key));

	/** Presses Send and lets the time of all three attempts pass. */
	async pressSend(price = PRICE, wait = 60_000) {
		const outcome = this.page.submitBooking(AYU, price);
		await pass(wait);
		return outcome;
	}

	/** The next `count` bookings meet `fate`, then all goes well. */
	nextSends(count: number, fate: Fate): void {
		let left = count;
		this.server.fate = ({ method, path }) =>
			method === "POST" && path === "/api/bookings" && left-- > 0 ? fate : null;
	}
}
