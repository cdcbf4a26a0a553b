import { beforeEach, describe, expect, it } from "vitest";
import { type FakeServer, json, refusal } from "../net/testing/fakeServer";
import { FakeSocket } from "../net/testing/fakeSocket";
import { ayu, ayuUser, notification } from "../net/testing/samples";
import type { StreamEvent } from "../net/types";
import { freshDevice, loadPage } from "./testing/page";

let server: FakeServer;
let desk: typeof import("./therapistDesk");
let alerts: typeof import("./notifications");

beforeEach(async () => {
	server = freshDevice();
	server.user = ayuUser;
	await loadPage();
	desk = await import("./therapistDesk");
	alerts = await import("./notifications");
	FakeSocket.last.welcome("c0");
	await desk.loadOwnTherapist();
});

describe("the availability switch", () => {
	it("moves at once, and stays when the server has taken it", async () => {
		server.fate = ({ method }) => (method === "PUT" ? json({ ...ayu, status: "busy" }) : null);
		const moving = desk.setOwnStatus("busy");
		expect(desk.ownStatus.value).toBe("busy");
		expect(desk.isStatusChanging.value).toBe(true);
		expect(await moving).toEqual({ ok: true, value: "busy" });
		expect(desk.ownStatus.value).toBe("busy");
		expect(desk.isStatusChanging.value).toBe(false);
	});

	it("goes back when the server does not take it", async () => {
		server.fate = ({ method }) => (method === "PUT" ? "down" : null);
		const result = await desk.setOwnStatus("offline");
		expect(result).toMatchObject({ ok: false, error: { code: "unreachable" } });
		expect(desk.ownStatus.value).toBe("available");
	});

	it("comes to rest where the last of several quick taps put it, and sends no other in between", async () => {
		server.fate = ({ method, body }) =>
			method === "PUT" ? json({ ...ayu, status: body?.status }) : null;
		const taps = (["busy", "available", "offline"] as const).map(desk.setOwnStatus);
		expect(desk.ownStatus.value).toBe("offline");
		await Promise.all(taps);
		expect(server.to("PUT", "/api/therapists/me/status").map(({ body }) => body)).toEqual([
			{ status: "offline" },
		]);
		expect([desk.ownStatus.value, desk.isStatusChanging.value]).toEqual(["offline", false]);
	});

	it("follows a change made on another device", () => {
		FakeSocket.last.say({ type: "therapist.status", therapistId: ayu.id, status: "offline" });
		expect(desk.ownStatus.value).toBe("offline");
	});
});

describe("what the therapist must be told (R37)", () => {
	const happens = (seq: number, type: StreamEvent["type"], data: unknown) =>
		FakeSocket.last.say({
			type: "events",
			events: [{ seq, type, data, at: "" } as StreamEvent],
			cursor: `c${seq}`,
		});
	const shown = () => alerts.notifications.value.map(({ id, level }) => `${id} ${level}`);

	it("stands there, the most urgent first, until it is acknowledged on any device", () => {
		happens(1, "notification.created", notification());
		happens(2, "notification.created", notification({ id: "n-2" }));
		happens(3, "notification.created", notification({ level: 2 }));
		expect(shown()).toEqual(["n-1 2", "n-2 0"]);
		happens(
			4,
			"notification.acknowledged",
			notification({ acknowledgedAt: "2026-03-10T04:00:09Z" }),
		);
		expect(shown()).toEqual(["n-2 0"]);
	});

	it("leaves with the acknowledgement from here, and stays when that did not arrive", async () => {
		happens(1, "notification.created", notification());
		server.fate = ({ path }) => (path.endsWith("/acknowledge") ? refusal(404, "not_found") : null);
		expect((await alerts.acknowledge("n-1")).ok).toBe(false);
		expect(shown()).toEqual(["n-1 0"]);
		server.fate = ({ path }) =>
			path.endsWith("/acknowledge") ? json(notification({ acknowledgedAt: "x" })) : null;
		await alerts.acknowledge("n-1");
		expect(shown()).toEqual([]);
	});
});
