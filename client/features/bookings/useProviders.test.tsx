import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { freshScreen, settle } from "../testing/screen";

/** An answer whose body is there at once: reading a real one takes time that no test clock moves. */
function answer(body: unknown): Response {
	const response = new Response(null, { headers: { "Content-Type": "application/json" } });
	response.json = async () => body;
	return response;
}

it("a booking has its service in the language on the screen and its therapist's portrait, whatever the directory lists", async () => {
	const { server, page } = await freshScreen();
	await page.ensureGuest("Budi");
	page.typeInForm("t-ayu", { customerName: "Budi", customerWhatsApp: "0812 3456 7890" });
	page.chooseInForm("t-ayu", { serviceId: "s-60", when: "asap", locationType: "place" });
	page.chooseInForm("t-ayu", { massageFor: "male" });
	await page.submitBooking("t-ayu", 175_000);
	await page.loadTherapist("t-ayu");
	const ayu = page.therapistById("t-ayu").value.value;

	const { page: later } = await freshScreen((next) => {
		Object.assign(next, { user: server.user, bookings: server.bookings });
		// The search on the front page has left nobody in the list.
		next.fate = ({ path }) => {
			if (path === "/api/therapists") return answer({ items: [], nextCursor: null, cursor: "c0" });
			const isHers = path === "/api/therapists/t-ayu";
			return isHers ? answer({ ...ayu, photoUrl: "/static/portraits/ayu.svg" }) : null;
		};
	});
	await Promise.all([import("../../i18n/id"), import("../../i18n/front/id")]); // Read from the disk, which no test clock waits for.
	const { setLocale } = await import("../../i18n");
	await setLocale("id");
	const { BookingsPage } = await import("./BookingsPage");
	const { container } = render(<BookingsPage />);
	await settle(100);
	expect(later.bookings.value.size).toBe(1);
	expect(screen.getByRole("article").textContent).toContain("Bali,");
	expect(container.querySelector(".conversation img")?.getAttribute("src")).toContain("ayu.svg");
});
