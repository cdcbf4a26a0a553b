import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { booking, budi, ROOM } from "../net/testing/samples";
import { DeviceWithDatabase } from "./testing/database";
import { backOnline, freshDevice, pass, type Seam } from "./testing/page";

let server: FakeServer;
let device: DeviceWithDatabase;
let page: Seam;

const sent = () => server.messages.map(({ message }) => message);

/** How long the page has stood still in all: its clock went on, and no timer came. */
let stood: number;
const standStill = (ms: number) => {
	stood += ms;
};

/** One message waits in the database, which says nothing to the page that is loaded now and writes another. */
async function writeBehindSilence(): Promise<void> {
	server.fate = () => "down";
	page.send(ROOM, "one");
	await pass(50);
	device.hold();
	page = await device.loadAfterCrash((early) => {
		early.send(ROOM, "two");
	});
	server.fate = () => null;
	await backOnline();
}

beforeEach(async () => {
	server = freshDevice();
	stood = 0;
	const awake = performance.now.bind(performance);
	vi.spyOn(performance, "now").mockImplementation(() => awake() + stood);
	server.user = budi;
	server.bookings = [booking()];
	device = new DeviceWithDatabase();
	page = await device.load();
});

describe("a page that stood still while it waited for its database", () => {
	it("sends what waits first: the answer stood in the queue behind the timer", async () => {
		await writeBehindSilence();
		standStill(60_000);
		await pass(5_000);
		expect(sent()).toEqual([]);
		device.letGo(false);
		await pass(1_000);
		expect(sent()).toEqual(["one", "two"]);
	});

	it("sends what it has when the database never answers, however late its timers are", async () => {
		await writeBehindSilence();
		for (let late = 1; late <= 5; late++) {
			standStill(60_000);
			await pass(5_000);
		}
		expect(sent()).toEqual(["two"]);
	});

	it("shows what waits there although it took longer to open than its patience, by its clock", async () => {
		server.fate = () => "down";
		page.send(ROOM, "one");
		await pass(50);
		const open = indexedDB.open.bind(indexedDB);
		const heard: (() => void)[] = [];
		const opening = vi.spyOn(indexedDB, "open").mockImplementation((...named) => {
			const request = open(...named);
			const listen = request.addEventListener.bind(request);
			// The good news is held back until the test lets it go.
			vi.spyOn(request, "addEventListener").mockImplementation((type, hear) => {
				const later = (event: Event) => heard.push(() => (hear as EventListener)(event));
				listen(type, type === "success" ? later : hear);
			});
			return request;
		});
		page = await device.loadAfterCrash();
		standStill(60_000);
		await pass(2_000);
		for (const hear of heard) hear();
		await pass(50);
		opening.mockRestore();
		expect(page.thread(ROOM).value.messages.map(({ text }) => text)).toEqual(["one"]);
	});
});
