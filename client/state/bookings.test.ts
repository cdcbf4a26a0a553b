import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, json, refusal } from "../net/testing/fakeServer";
import { booking, budi, START } from "../net/testing/samples";
import type { Booking } from "../net/types";
import { freshDevice, loadPage, pass, type Seam, sleep } from "./testing/page";

const HOUR = 3_600_000;
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const accepted = { status: "therapist_accepted", acceptedAt: at(0), version: 2 } as const;
const confirmed = { ...accepted, status: "user_confirmed", expiresAt: null, version: 3 } as const;

let server: FakeServer;
let page: Seam;

const ids = (list: { value: readonly Booking[] }) => list.value.map(({ bookingId }) => bookingId);

async function signedInWith(...bookings: Booking[]): Promise<void> {
	server.user = budi;
	server.bookings = bookings;
	page = await loadPage();
}

beforeEach(() => {
	server = freshDevice();
});

describe("the person's bookings", () => {
	it("stand in the list they belong to, in the order in which they matter", async () => {
		await signedInWith(
			booking({ bookingId: "late", ...confirmed, scheduledTime: at(50), endTime: at(51) }),
			booking({ bookingId: "soon", ...confirmed, scheduledTime: at(2), endTime: at(3) }),
			booking({ bookingId: "over", ...confirmed, scheduledTime: at(-3), endTime: at(-2) }),
			booking({ bookingId: "gone", status: "cancelled", expiresAt: null }),
			booking({ bookingId: "new", createdAt: at(0) }),
			booking({ bookingId: "first", createdAt: at(-1) }),
			booking({ bookingId: "yes", ...accepted }),
		);
		expect(ids(page.pending)).toEqual(["first", "new"]);
		expect(ids(page.awaitingConfirmation)).toEqual(["yes"]);
		expect(ids(page.upcoming)).toEqual(["soon", "late"]);
		expect(ids(page.past)).toEqual(["gone", "over"]);
	});

	it("move to the past by the server's clock, without being told", async () => {
		await signedInWith(booking({ ...confirmed, scheduledTime: at(0), endTime: at(1) }));
		const before = page.upcoming.value;
		await pass(5_000);
		expect(page.upcoming.value).toBe(before);
		sleep(HOUR);
		await pass(1_500);
		expect(ids(page.upcoming)).toEqual([]);
		expect(ids(page.past)).toEqual(["b-1"]);
	});

	it("that are broken stand in no list, where they would break the page", async () => {
		await signedInWith(booking({ bookingId: "bad", endTime: at(1), scheduledTime: "soon" }));
		expect(page.bookings.value.size).toBe(1);
		expect(ids(page.pending)).toEqual([]);
	});

	it("say why they are not here yet, and come when they can", async () => {
		server.fate = ({ path }) => (path === "/api/bookings" ? "down" : null);
		await signedInWith(booking());
		expect(page.bookingsLoad.value).toMatchObject({
			state: "loading",
			failure: { code: "unreachable" },
		});
		server.fate = () => null;
		await pass(1_000);
		expect(page.bookingsLoad.value).toEqual({ state: "ready", failure: null });
		expect(ids(page.pending)).toEqual(["b-1"]);
	});
});

describe("the transitions", () => {
	beforeEach(() => signedInWith(booking()));

	const answers = (...replies: (ReturnType<typeof json> | "lost")[]) => {
		server.fate = ({ method }) => (method === "POST" ? (replies.shift() ?? null) : null);
	};

	it.each(["accept", "decline", "confirm", "cancel"] as const)(
		"%s asks for it and takes the answer in",
		async (action) => {
			answers(json(booking(accepted)));
			expect(await page[action]("b-1")).toMatchObject({ ok: true, value: { version: 2 } });
			expect(server.to("POST", `/api/bookings/b-1/${action}`)).toHaveLength(1);
			expect(page.bookings.value.get("b-1")?.version).toBe(2);
		},
	);

	it("asks again when the answer was lost: it is repeatable", async () => {
		answers("lost", json(booking(accepted)));
		const asked = page.accept("b-1");
		await pass(1_000);
		expect((await asked).ok).toBe(true);
	});

	it("a refusal brings the booking as it stands now", async () => {
		const current = booking({ version: 3, status: "cancelled", expiresAt: null });
		answers(refusal(409, "booking_state", { current }));
		expect(await page.confirm("b-1")).toMatchObject({
			ok: false,
			error: { code: "booking_state" },
		});
		expect(page.bookings.value.get("b-1")?.status).toBe("cancelled");
	});

	it("an older answer does not undo a newer event", async () => {
		answers(json(booking(confirmed)), json(booking(accepted)));
		await page.confirm("b-1");
		await page.accept("b-1");
		expect(page.bookings.value.get("b-1")?.status).toBe("user_confirmed");
	});

	it("sends the reason only if there is one", async () => {
		answers(json(booking(accepted)), json(booking(accepted)));
		await page.cancel("b-1", "ill");
		await page.cancel("b-1");
		expect(server.to("POST", "/api/bookings/b-1/cancel").map(({ body }) => body)).toEqual([
			{ reason: "ill" },
			{},
		]);
	});
});
