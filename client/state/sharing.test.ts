import { beforeEach, describe, expect, it } from "vitest";
import type { FakeServer } from "../net/testing/fakeServer";
import { json, refusal } from "../net/testing/fakeServer";
import { budi } from "../net/testing/samples";
import { freshDevice, loadPage, pass, type Seam } from "./testing/page";

let server: FakeServer;
let page: Seam;
let sharing: typeof import("./sharing");

const shown = () => sharing.sharing.value;
const PATH = "/api/session/preferences";

beforeEach(async () => {
	server = freshDevice();
	server.user = budi;
	server.fate = ({ path, body }) => {
		if (path !== PATH) return null;
		server.user = { ...budi, ...server.user, ...body };
		return json({ user: server.user });
	};
	page = await loadPage();
	sharing = await import("./sharing");
});

describe("what a person lets others notice", () => {
	it("changes at once, and stays when the server has it", async () => {
		const saved = sharing.share({ shareTyping: false });
		expect(shown()).toEqual({ shareTyping: false, sharePresence: true });
		await pass(0);
		expect((await saved).ok).toBe(true);
		expect(page.user.value?.shareTyping).toBe(false);
		expect(server.to("PUT", PATH)[0]?.body).toEqual({ shareTyping: false });
	});

	it("goes back when the server refuses, and says so", async () => {
		server.fate = ({ path }) => (path === PATH ? refusal(422, "validation") : null);
		const saved = sharing.share({ sharePresence: false });
		await pass(0);
		expect(await saved).toMatchObject({ ok: false, error: { code: "validation" } });
		expect(shown()?.sharePresence).toBe(true);
	});

	it("is the last of several taps, saved in their order", async () => {
		for (const shareTyping of [false, true, false]) void sharing.share({ shareTyping });
		await pass(0);
		expect(server.to("PUT", PATH).map(({ body }) => body.shareTyping)).toEqual([
			false,
			true,
			false,
		]);
		expect(shown()?.shareTyping).toBe(false);
	});

	it("is not saved before the tap before it was: the two could change places on the way", async () => {
		server.fate = ({ path }) => (path === PATH ? "hangs" : null);
		for (const shareTyping of [false, true]) void sharing.share({ shareTyping });
		await pass(0);
		expect(server.to("PUT", PATH)).toHaveLength(1);
	});

	it("is learned from another device when the session is asked for again", async () => {
		server.user = { ...budi, sharePresence: false };
		await page.loadSession();
		expect(shown()?.sharePresence).toBe(false);
	});
});
