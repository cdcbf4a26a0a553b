import * as fake from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createApi } from "../net/api";
import { createHttp } from "../net/http";
import { createServerClock } from "../net/serverClock";
import { FakePayments, paymentCard } from "../net/testing/fakePayments";
import { type FakeServer, type Fate, refusal } from "../net/testing/fakeServer";
import { budi, ROOM, START } from "../net/testing/samples";
import { deviceTiming } from "../net/timing";
import { AYU, filledIn, PRICE, TOMORROW } from "../state/testing/ordering";
import { freshDevice, pass } from "../state/testing/page";
import type { News } from "../storage/news";
import { NOBODY_YET } from "../storage/owner";
import { FakeLocks } from "../storage/testing/fakeLocks";

type Store = typeof import("../storage/outboxDatabase");

let server: FakeServer;
let store: Store;
let told: News[];
const locks = new FakeLocks().ofPage({});

let speaker: string | null;
const timing = deviceTiming;
const api = createApi(
	createHttp({
		fetch: (input, init) => fetch(input, init),
		person: () => speaker,
		timing,
		serverClock: createServerClock(timing.now),
		log() {},
	}),
);

/** The browser wakes the worker; whether all was sent. */
async function wake(): Promise<boolean> {
	const { flushOutbox } = await import("./flush");
	const done = flushOutbox({
		api,
		speakFor(id) {
			speaker = id;
		},
		tell: (news) => told.push(news),
		withLock: (name, act) => locks.request(name, act) as never,
		now: timing.now,
	});
	await pass(60_000);
	return done;
}

async function settled<Value>(promise: Promise<Value>): Promise<Value> {
	await pass(50);
	return promise;
}

const entry = (place: number, text: string) => ({
	...{ clientId: `c-${place}`, conversationId: ROOM, text, place },
	...{ writtenAt: START, refusal: null },
});
const put = (place: number, text: string) => settled(store.putEntry(budi.id, entry(place, text)));
const left = async () => (await settled(store.readEntries(budi.id, 0))) ?? [];
const sent = () => server.messages.map(({ message }) => message);

const { when: _, ...fields } = filledIn;
const order = (more: object = {}) => ({
	therapistId: AYU,
	attempt: {
		...{ key: "k-1", earlier: [], pressedAt: Date.now(), isWaiting: true, asksFirst: false },
		...{ unanswered: 1, isBooked: false },
		order: { therapistId: AYU, expectedPrice: PRICE, ...fields, ...more },
	},
	guest: null,
	tries: 0,
	isBooked: false,
});

function nextPosts(count: number, fate: Fate): void {
	let still = count;
	server.fate = ({ method }) => (method === "POST" && still-- > 0 ? fate : null);
}

/** The device fails at one call, counted from 1. */
function breakOnce(act: "getAll" | "put", failing: number): void {
	const works = fake.IDBObjectStore.prototype[act];
	let calls = 0;
	const once = function (this: IDBObjectStore, ...named: unknown[]) {
		calls += 1;
		if (calls === failing) throw new DOMException("broken", "UnknownError");
		return Reflect.apply(works, this, named);
	};
	vi.spyOn(fake.IDBObjectStore.prototype, act).mockImplementation(once);
}

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	told = [];
	speaker = null;
	for (const [name, value] of Object.entries(fake)) {
		if (name.startsWith("IDB")) vi.stubGlobal(name, value);
	}
	vi.stubGlobal("indexedDB", new fake.IDBFactory());
	vi.resetModules();
	store = await import("../storage/outboxDatabase");
});

describe("the worker, woken when there is a network again (R31)", () => {
	it("sends the messages in order and tells the pages", async () => {
		for (const [at, text] of ["one", "two", "three"].entries()) await put(at + 1, text);
		expect(await wake()).toBe(true);
		expect(sent()).toEqual(["one", "two", "three"]);
		expect(await left()).toEqual([]);
		expect(told).toMatchObject([
			{ type: "removed", clientId: "c-1", sent: { message: "one" } },
			{ type: "removed", clientId: "c-2" },
			{ type: "removed", clientId: "c-3" },
		]);
	});

	it("asks to be woken again while nothing answers, and doubles nothing whose answer was lost", async () => {
		await put(1, "hello");
		nextPosts(1, "lost");
		expect(await wake()).toBe(false);
		expect(await wake()).toBe(true);
		expect(sent()).toEqual(["hello"]);
	});

	it("sends a payment card as what it is, once although its answer was lost (R18)", async () => {
		const payments = new FakePayments(server);
		payments.loses = 1;
		const { bank, holder, masked, bookingId } = paymentCard();
		const card = { ...entry(1, ""), card: { bank, holder, masked, bookingId } };
		await settled(store.putEntry(budi.id, card));
		expect(await wake()).toBe(false);
		expect(await wake()).toBe(true);
		expect(server.messages.map(({ messageType }) => messageType)).toEqual(["payment_card"]);
		expect(server.to("POST", /messages$/)).toEqual([]);
		expect(await left()).toEqual([]);
	});

	it("leaves a refused message to the person and sends what stands behind it", async () => {
		await put(1, "my number");
		await put(2, "fine");
		nextPosts(1, refusal(422, "contact_blocked"));
		expect(await wake()).toBe(true);
		expect(sent()).toEqual(["fine"]);
		expect(await left()).toMatchObject([
			{ text: "my number", refusal: { code: "contact_blocked" } },
		]);
	});

	it("sends a message once also when it cannot be removed here, and goes on to the next", async () => {
		await put(1, "one");
		await put(2, "two");
		// A full disk has no room for the note of a removal either.
		vi.spyOn(fake.IDBObjectStore.prototype, "delete").mockImplementation(() => {
			throw new DOMException("full", "QuotaExceededError");
		});
		expect(await wake()).toBe(true);
		expect(server.to("POST", /messages$/).map(({ body }) => body.message)).toEqual(["one", "two"]);
	});

	it("asks to be woken again when it cannot know what waits", async () => {
		await put(1, "one");
		vi.spyOn(fake.IDBObjectStore.prototype, "getAll").mockImplementation(() => {
			throw new DOMException("broken", "UnknownError");
		});
		expect(await wake()).toBe(false);
		vi.restoreAllMocks();
		expect(await wake()).toBe(true);
		expect(sent()).toEqual(["one"]);
	});

	it("takes no refusal from the session of somebody else who has signed in meanwhile", async () => {
		await put(1, "one");
		server.fate = ({ method }) => {
			if (method !== "POST") return null;
			server.user = { ...budi, id: "u-other" };
			return refusal(404, "not_found");
		};
		expect(await wake()).toBe(false);
		expect(await left()).toMatchObject([{ text: "one", refusal: null }]);
	});

	it("sends nothing in the name of somebody who has signed in meanwhile, also of the same chat", async () => {
		await put(1, "one");
		server.fate = ({ method }) => {
			// Between the question who is here and the message.
			if (method === "POST") server.user = { ...budi, id: "u-other" };
			return null;
		};
		expect(await wake()).toBe(false);
		expect(sent()).toEqual([]);
		server.fate = () => null;
		server.user = budi;
		expect(await wake()).toBe(true);
		expect(sent()).toEqual(["one"]);
	});

	it("waits while a tab is sending, and does not send the same", async () => {
		await put(1, "hello");
		let leave = () => {};
		const tab = locks.request(`tenang.outbox.${budi.id}.${ROOM}`, async () => {
			await new Promise<void>((go) => {
				leave = go;
			});
			await store.deleteEntry(budi.id, "c-1");
		});
		const woken = wake();
		await pass(1_000);
		expect(sent()).toEqual([]);
		leave();
		await pass(1_000);
		await tab;
		expect(await woken).toBe(true);
		expect(sent()).toEqual([]);
	});

	it("sends nothing of somebody who is not signed in", async () => {
		await put(1, "hello");
		server.user = { ...budi, id: "u-other" };
		expect(await wake()).toBe(true);
		expect(sent()).toEqual([]);
		expect(await left()).toHaveLength(1);
	});

	it("sends an order once, under the page's key", async () => {
		await settled(store.replaceOrders(budi.id, [order()]));
		nextPosts(1, "lost");
		expect(await wake()).toBe(false);
		expect(await wake()).toBe(true);
		expect(await wake()).toBe(true);
		expect(server.bookings).toHaveLength(1);
		expect(new Set(server.to("POST", "/api/bookings").map(({ key }) => key))).toEqual(
			new Set(["k-1"]),
		);
		expect(await settled(store.readOrders(budi.id))).toMatchObject([{ tries: 2, isBooked: true }]);
	});

	it.each([
		["read once more", "getAll", 2],
		["noted", "put", 1],
	] as const)(
		"asks to be woken again when an order cannot be %s before it is sent",
		async (_name, act, failing) => {
			await settled(store.replaceOrders(budi.id, [order()]));
			breakOnce(act, failing);
			expect(await wake()).toBe(false);
			expect(await wake()).toBe(true);
			expect(server.bookings).toHaveLength(1);
		},
	);

	it("makes the guest of an order that was made while nobody was known", async () => {
		server.user = null;
		const guest = { guestKey: "g", displayName: "Budi", locale: "en", timezone: "Asia/Makassar" };
		await settled(store.replaceOrders(NOBODY_YET, [{ ...order(), guest }]));
		expect(await wake()).toBe(true);
		expect(server.bookings).toHaveLength(1);
		expect(await settled(store.readOrders(budi.id))).toMatchObject([{ isBooked: true }]);
		expect(told).toEqual([{ type: "order", owner: budi.id, therapistId: AYU }]);
	});

	it("makes one guest for all that was ordered while nobody was known", async () => {
		server.user = null;
		const guest = { guestKey: "g", displayName: "Budi", locale: "en", timezone: "Asia/Makassar" };
		const other = { ...order({ therapistId: "t-other" }), therapistId: "t-other" };
		const second = { ...other, attempt: { ...other.attempt, key: "k-2" } };
		await settled(
			store.replaceOrders(
				NOBODY_YET,
				[order(), second].map((one) => ({ ...one, guest })),
			),
		);
		expect(await wake()).toBe(true);
		expect(server.to("POST", "/api/bookings").map(({ key, person }) => [key, person])).toEqual([
			["k-1", budi.id],
			["k-2", budi.id],
		]);
	});

	it("makes no guest in the place of somebody who signed in while a tab was sending", async () => {
		server.user = null;
		const guest = { guestKey: "g", displayName: "Budi", locale: "en", timezone: "Asia/Makassar" };
		await settled(store.replaceOrders(NOBODY_YET, [{ ...order(), guest }]));
		let leave = () => {};
		const tab = locks.request(`tenang.book.${AYU}`, async () => {
			await new Promise<void>((go) => {
				leave = go;
			});
		});
		const woken = wake();
		await pass(1_000);
		server.user = { ...budi, id: "u-other" };
		leave();
		await pass(1_000);
		await tab;
		expect(await woken).toBe(false);
		expect(server.to("POST", "/api/session/guest")).toEqual([]);
		expect(server.user).toMatchObject({ id: "u-other" });
	});

	it.each([
		["its time has passed", { scheduledTime: new Date(START - 1).toISOString() }, 0],
		["as soon as possible was too long ago", { scheduledTime: null }, 16 * 60_000],
	])("leaves an order to the person when %s", async (_name, more, wait) => {
		await settled(store.replaceOrders(budi.id, [order(more)]));
		await pass(wait);
		expect(await wake()).toBe(true);
		expect(server.to("POST", "/api/bookings")).toEqual([]);
	});

	it("leaves an order to the person when its price is another one", async () => {
		await settled(store.replaceOrders(budi.id, [order({ expectedPrice: 1 })]));
		expect(await wake()).toBe(true);
		expect(server.bookings).toEqual([]);
		expect(told).toEqual([{ type: "order", owner: budi.id, therapistId: AYU }]);
		expect(TOMORROW > new Date().toISOString()).toBe(true);
	});
});
