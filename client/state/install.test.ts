import { beforeEach, describe, expect, it, vi } from "vitest";

const IPHONE =
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
const MAC =
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15";
const device = (userAgent: string, maxTouchPoints = 0) =>
	({ userAgent, maxTouchPoints }) as Navigator;

async function load() {
	vi.resetModules();
	return import("./install");
}

function offer(outcome: "accepted" | "dismissed") {
	const prompt = vi.fn(async () => {});
	const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
		prompt,
		userChoice: Promise.resolve({ outcome }),
	});
	window.dispatchEvent(event);
	return { prompt, event };
}

beforeEach(() => vi.restoreAllMocks());

describe("installing the app (R33)", () => {
	it("holds the browser's prompt back until the person asks, and shows it once", async () => {
		const { installWay, promptInstall } = await load();
		const { prompt, event } = offer("accepted");
		expect([event.defaultPrevented, installWay.value]).toEqual([true, "prompt"]);
		expect(await promptInstall()).toBe(true);
		expect(await promptInstall()).toBe(false);
		expect(prompt).toHaveBeenCalledOnce();
		expect(installWay.value).toBeNull();
	});

	it("is not offered once it is installed", async () => {
		const { installWay } = await load();
		offer("dismissed");
		window.dispatchEvent(new Event("appinstalled"));
		expect(installWay.value).toBeNull();
	});

	it("is not offered inside the installed app", async () => {
		vi.spyOn(window, "matchMedia").mockReturnValue({ matches: true } as MediaQueryList);
		vi.spyOn(navigator, "userAgent", "get").mockReturnValue(IPHONE);
		expect((await load()).installWay.value).toBeNull();
	});

	it("knows where steps in words are needed", async () => {
		const { iosWay } = await load();
		expect(iosWay(device(IPHONE, 5))).toBe("ios");
		expect(iosWay(device(MAC, 5))).toBe("ios");
		expect(iosWay(device(IPHONE.replace("Version/18.1", "CriOS/131.0"), 5))).toBe("ios-other");
		expect(iosWay(device(MAC))).toBeNull();
		expect(iosWay(device("Mozilla/5.0 (Linux; Android 15) Chrome/131 Mobile", 5))).toBeNull();
	});
});
