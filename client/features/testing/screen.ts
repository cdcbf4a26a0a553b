/** A page of the client for tests of its screens: fake server, fake clock, English words. */
import { cleanup } from "@testing-library/preact";
import { vi } from "vitest";
import { freshDevice, loadPage, type Seam } from "../../state/testing/page";

export { ayuUser, budi, FakeSocket, fillDevice } from "../../state/testing/page";

type FakeServer = ReturnType<typeof freshDevice>;

export interface Screen {
	server: FakeServer;
	page: Seam;
}

/** A fresh device with the page loaded. Import the component under test after it: the page has modules of its own. */
export async function freshScreen(
	prepare: (server: FakeServer) => void = () => {},
): Promise<Screen> {
	cleanup();
	const server = freshDevice();
	prepare(server);
	return { server, page: await loadAgain() };
}

/** The page loaded anew on the same device, which keeps what it has. */
export async function loadAgain(): Promise<Seam> {
	const page = await loadPage();
	const { loadAllWords, setLocale } = await import("../../i18n");
	await setLocale("en");
	await loadAllWords();
	return page;
}

/** Lets what was set off come to rest, and time go on by `ms`. */
export async function settle(ms = 0): Promise<void> {
	await vi.advanceTimersByTimeAsync(ms);
}

/** An answer as the server gives it. */
export function answer(body: unknown): Response {
	const response = new Response(null, { headers: { "Content-Type": "application/json" } });
	response.json = async () => body;
	return response;
}

/** A refusal as the server writes it. Its body is there at once: reading a real one takes time that no test clock moves. */
export function refuse(status: number, code: string, more: object = {}): Response {
	const headers = { "Content-Type": "application/problem+json" };
	const response = new Response(null, { status, headers });
	response.json = async () => ({ code, status, detail: "", errors: [], ...more });
	return response;
}

/** Refuses every booking like this. */
export function refuseBookings(server: FakeServer, status: number, code: string, more = {}): void {
	server.fate = ({ method, path }) =>
		method === "POST" && path === "/api/bookings" ? refuse(status, code, more) : null;
}
